import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import type { DisabledModuleOptions, WebEngageModuleOptions } from './webengage.options.js';

/** What the module's static methods take besides its options. */
export interface WebEngageModuleExtras {
  /** Whether every module of the application sees the service. Default: true. */
  isGlobal?: boolean;
  /** A name for one of several accounts in one application; its service is injected by `@InjectEvents(account)`. */
  account?: string;
  /** Providers for `forRootAsync()` to inject. */
  extraProviders?: Provider[];
}

const EXTRAS: WebEngageModuleExtras = { isGlobal: true, account: undefined, extraProviders: [] };

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<DisabledModuleOptions | WebEngageModuleOptions>({
    moduleName: 'WebEngage',
    // Two registrations are two modules, even where Nest compares them by what they hold.
    alwaysTransient: true,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createWebEngageOptions')
    .setExtras(EXTRAS, (definition, { isGlobal, extraProviders }) => ({
      ...definition,
      global: isGlobal ?? true,
      providers: [...(definition.providers ?? []), ...(extraProviders ?? [])],
    }))
    .build();
