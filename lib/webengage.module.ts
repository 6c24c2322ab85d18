import { type DynamicModule, Module } from '@nestjs/common';
import { type CatalogFeatureOptions, featureModule } from './catalog/catalog-feature.js';
import { getFailedEventsToken } from './delivery/failed-events-token.js';
import { ConfigurationError } from './errors/configuration.error.js';
import type { EventType } from './events/event-class.js';
import { getEventsToken } from './events/events-token.js';
import { getHandlerTrackerToken } from './tracking/handler-tracker.js';
import { type ASYNC_OPTIONS_TYPE, ConfigurableModuleClass, type OPTIONS_TYPE } from './webengage.module-definition.js';
import { internalProviders, sealOptions } from './webengage.providers.js';

/**
 * Delivers custom events to WebEngage. Import it once, in the root module; it is global unless `isGlobal: false`.
 * For a second account in one application import it again with an `account`.
 *
 * Options are checked when the application boots: it rejects with a `ConfigurationError` that lists every wrong one.
 *
 * @example
 * @Module({ imports: [WebEngageModule.forRoot({ licenseCode: '~2024bb40', apiKey: process.env.WEBENGAGE_API_KEY ?? '' })] })
 * export class AppModule {}
 */
@Module({})
export class WebEngageModule extends ConfigurableModuleClass {
  /** Configures the module with options at hand. Never throws. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    const given = (typeof options === 'object' ? options : undefined) ?? ({} as typeof OPTIONS_TYPE);
    return assemble(super.forRoot(given), given.account);
  }

  /**
   * Configures the module with options that are injected or awaited. What is injected must not be request-scoped: there
   * is one module for the whole application.
   *
   * @example
   * WebEngageModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({
   *     licenseCode: config.getOrThrow('WEBENGAGE_LICENSE_CODE'),
   *     apiKey: config.getOrThrow('WEBENGAGE_API_KEY'),
   *   }),
   * });
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const given = (typeof options === 'object' ? options : undefined) ?? {};
    const isComplete = given.useFactory ?? given.useClass ?? given.useExisting;
    return assemble(
      super.forRootAsync(isComplete ? given : { ...given, useFactory: reportMissingFactory }),
      given.account,
    );
  }

  /**
   * Declares event classes where they belong, in a feature's module. When the application boots they are checked, all of
   * them together: names, lengths, reserved prefixes, system events, the 25 attributes of each type, and classes for one
   * event that disagree. It rejects with a `ConfigurationError` that lists all that is wrong. Their attributes' types are
   * locked from then on.
   *
   * @param options `account`: the account that the events go to, where there are several
   *
   * @example
   * @Module({ imports: [WebEngageModule.forFeature([AddedToCart, RemovedFromCart])], controllers: [CartController] })
   * export class CartModule {}
   */
  static forFeature(eventClasses: readonly EventType[], options: CatalogFeatureOptions = {}): DynamicModule {
    return featureModule(eventClasses, options);
  }
}

function assemble(definition: DynamicModule, account: string | undefined): DynamicModule {
  return {
    ...definition,
    providers: [...(definition.providers ?? []).map(sealOptions), ...internalProviders(account)],
    exports: [getEventsToken(account), getFailedEventsToken(account), getHandlerTrackerToken(account)],
  };
}

function reportMissingFactory(): never {
  throw new ConfigurationError([
    { option: 'forRootAsync', message: 'needs one of useFactory, useClass and useExisting' },
  ]);
}
