import type { OptionProblems } from '../../configuration/option-problems.js';
import type { BullMqDeliveryOptions } from './bullmq-delivery.options.js';

export type RedisConnection = BullMqDeliveryOptions['connection'];

/** What tells one kind of connection from another. */
interface ConnectionTraits {
  readonly isCluster?: boolean;
  readonly url?: unknown;
  readonly keyPrefix?: unknown;
  readonly options?: { readonly keyPrefix?: unknown };
}

/**
 * Checks where Redis is said to be.
 *
 * @param option the option's path
 * @param noKeyPrefix why ioredis's `keyPrefix` cannot be used, and what can: the end of a sentence
 */
export function resolveConnection(
  problems: OptionProblems,
  option: string,
  connection: unknown,
  noKeyPrefix: string,
): RedisConnection {
  if (typeof connection === 'string') {
    if (!/^rediss?:\/\//.test(connection) || !URL.canParse(connection)) {
      problems.add(option, 'must be a URL that begins with redis:// or rediss://');
    } else if (new URL(connection).searchParams.has('keyPrefix'))
      problems.add(option, `holds a keyPrefix, ${noKeyPrefix}`);
    return connection;
  }
  if (connection === undefined) problems.add(option, "is missing: give a URL, ioredis's options, or an ioredis client");
  const found = problems.object(option, connection);
  const { isCluster, url, keyPrefix, options } = found as ConnectionTraits;
  if (isCluster) problems.add(option, 'is a Redis Cluster, which is not supported: give one Redis, or its sentinels');
  if (url !== undefined)
    problems.add(`${option}.url`, 'is not known to ioredis: give the URL itself as the connection');
  if (keyPrefix || options?.keyPrefix) {
    problems.add(`${option}.keyPrefix`, `is given, ${noKeyPrefix}`);
  }
  return found;
}
