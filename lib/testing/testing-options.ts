import { resolveOptions, type ResolvedOptions } from '../configuration/resolve-options.js';
import type { WebEngageModuleOptions } from '../webengage.options.js';
import type { WebEngageModuleExtras } from '../webengage.module-definition.js';

/** Options of `WebEngageTestingModule.forRoot()`: those of the module that matter where nothing is sent. */
export interface WebEngageTestingOptions
  extends
    Pick<WebEngageModuleOptions, 'maxEventBytes' | 'onRefused' | 'onTypeConflict' | 'typeLock' | 'identify'>,
    Pick<WebEngageModuleExtras, 'account' | 'isGlobal'> {}

type TestingDefaults = Pick<WebEngageModuleOptions, 'licenseCode' | 'apiKey' | 'enabled' | 'typeLock'>;

/**
 * What tests read in the place of these options: credentials may be absent, disabled events are recorded too, and what
 * tests teach of types is not shared with anybody.
 */
export function testingDefaults({
  licenseCode,
  apiKey,
  enabled,
  typeLock,
}: Partial<WebEngageModuleOptions>): TestingDefaults {
  return {
    licenseCode: licenseCode || 'testing',
    apiKey: apiKey || 'testing',
    enabled: enabled === false ? true : enabled,
    typeLock: typeof typeLock === 'object' && typeLock !== null ? { ...typeLock, store: undefined } : typeLock,
  };
}

/** Checks the options of an application under test as they are checked in production. */
export function resolveTestingOptions(given: unknown): ResolvedOptions {
  if (typeof given !== 'object' || given === null) return resolveOptions(given);
  const defaults = new Map<string | symbol, unknown>(Object.entries(testingDefaults(given)));
  // Not a copy: the options may be an instance of a class, with getters.
  const read = (_target: object, option: string | symbol): unknown =>
    defaults.has(option) ? defaults.get(option) : Reflect.get(given, option);
  return resolveOptions(new Proxy({}, { get: read }));
}
