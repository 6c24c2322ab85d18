import { OptionProblems } from '../../configuration/option-problems.js';
import { Secret } from '../../configuration/secret.js';
import { ConfigurationError } from '../../errors/configuration.error.js';
import { type RedisConnection, resolveConnection } from '../options/resolve-connection.js';
import { resolveText } from '../options/resolve-text.js';

/** The option of the module that `redisTypeLock()` is given to. */
export const STORE_OPTION = 'typeLock.store';

const NO_KEY_PREFIX = `which is not supported: give ${STORE_OPTION}.prefix instead`;

/** The options of `redisTypeLock()`, checked and with their defaults. */
export interface ResolvedRedisTypeLockOptions {
  /** Hidden: it may hold Redis's password. */
  readonly connection: Secret<RedisConnection>;
  readonly prefix: string;
  readonly timeout: number;
}

/**
 * Checks the options and fills in their defaults.
 *
 * @throws {ConfigurationError} lists every wrong option at once
 */
export function resolveRedisTypeLockOptions(given: unknown): ResolvedRedisTypeLockOptions {
  const problems = new OptionProblems({});
  const { connection, prefix, timeout } = problems.object(STORE_OPTION, given);
  const resolved: ResolvedRedisTypeLockOptions = {
    connection: new Secret(resolveConnection(problems, `${STORE_OPTION}.connection`, connection, NO_KEY_PREFIX)),
    prefix: resolveText(problems, `${STORE_OPTION}.prefix`, prefix, 'webengage'),
    timeout: problems.milliseconds(`${STORE_OPTION}.timeout`, timeout, 5_000, 1),
  };
  if (problems.found.length > 0) throw new ConfigurationError(problems.found);
  return resolved;
}
