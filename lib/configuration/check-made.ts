import { ConfigurationError } from '../errors/configuration.error.js';

/**
 * Checks that what a user's factory made has the methods that are called.
 *
 * @param what it was to be: `delivery`, `store`
 * @throws {ConfigurationError} it has not
 */
export function checkMade<Made extends object>(
  option: string,
  what: string,
  made: Partial<Made> | null | undefined,
  methods: readonly (keyof Made & string)[],
): Made {
  const missing = methods.filter((method) => typeof made?.[method] !== 'function');
  if (missing.length === 0) return made as Made;
  const message = `is a function that made no ${what}: what it returned has no ${missing.join(', no ')}`;
  throw new ConfigurationError([{ option, message }]);
}
