import { observed } from './common/maybe-promise.js';
import { ENVIRONMENT_VARIABLES } from './configuration/environment-variables.js';
import { hideField } from './configuration/secret.js';
import { ConfigurationError } from './errors/configuration.error.js';
import type { WebEngageModuleOptions } from './webengage.options.js';

const NAMESPACE = 'webengage';
const TOKEN = `CONFIGURATION(${NAMESPACE})`;

/** What `webEngageConfig.asProvider()` hands to `WebEngageModule.forRootAsync()`. */
export interface WebEngageConfigProvider {
  imports: [Promise<{ module: new () => object }>];
  useFactory: (options: WebEngageModuleOptions) => WebEngageModuleOptions;
  inject: [string];
}

/** A configuration namespace as `registerAs()` of `@nestjs/config` makes it. */
export interface WebEngageConfigFactory {
  (): WebEngageModuleOptions;
  /** The injection token of the options: `@Inject(webEngageConfig.KEY)`. */
  readonly KEY: string;
  /** Needs `@nestjs/config` to be installed. */
  asProvider(): WebEngageConfigProvider;
}

/**
 * The module's options from the environment, as the namespace `webengage` of `@nestjs/config`:
 * `WEBENGAGE_LICENSE_CODE`, `WEBENGAGE_API_KEY`, `WEBENGAGE_DATA_CENTER`, `WEBENGAGE_HOST`, and `WEBENGAGE_ENABLED`
 * (`true` or `false`).
 *
 * @example
 * imports: [ConfigModule.forRoot(), WebEngageModule.forRootAsync(webEngageConfig.asProvider())]
 */
export const webEngageConfig: WebEngageConfigFactory = Object.defineProperties(readEnvironment, {
  // What registerAs() of @nestjs/config sets. Written out here, so that the package is needed only by those who use it.
  PARTIAL_CONFIGURATION_KEY: { value: NAMESPACE },
  KEY: { value: TOKEN },
  asProvider: { value: asProvider },
}) as WebEngageConfigFactory;

function readEnvironment(): WebEngageModuleOptions {
  const options = {
    licenseCode: read('licenseCode'),
    apiKey: read('apiKey'),
    dataCenter: read('dataCenter'),
    host: read('host'),
    enabled: toBoolean(read('enabled')),
  };
  // What is missing or wrong is reported when the module boots, all of it at once.
  return hideField(options as WebEngageModuleOptions, 'apiKey');
}

function read(option: keyof typeof ENVIRONMENT_VARIABLES): string | undefined {
  return process.env[ENVIRONMENT_VARIABLES[option]] || undefined;
}

function toBoolean(text: string | undefined): boolean | string | undefined {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : text;
}

function asProvider(): WebEngageConfigProvider {
  // Nest awaits the module and reports its failure; until then it must not count as unobserved.
  return { imports: [observed(loadConfigModule())], useFactory: (options) => options, inject: [TOKEN] };
}

async function loadConfigModule() {
  const { ConfigModule } = await import('@nestjs/config').catch((error: NodeJS.ErrnoException) => {
    if (!error.code?.endsWith('MODULE_NOT_FOUND')) throw error;
    const message = 'needs the package @nestjs/config: npm install @nestjs/config';
    throw new ConfigurationError([{ option: 'webEngageConfig.asProvider()', message }]);
  });
  return ConfigModule.forFeature(webEngageConfig);
}
