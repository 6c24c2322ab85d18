import type { TypeLockStoreFactory } from '../../catalog/type-lock/type-lock-store.js';
import { loadIoRedis } from '../redis/peers.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisLog } from '../redis/redis-log.js';
import type { RedisTypeLockOptions } from './redis-type-lock.options.js';
import { RedisTypeLockStore } from './redis-type-lock.store.js';
import { resolveRedisTypeLockOptions, STORE_OPTION } from './resolve-redis-type-lock-options.js';
import { REDIS, TypeLockRedis } from './type-lock-redis.js';

/**
 * Keeps the locked data types in Redis, so that all processes of an account agree on the first type of each attribute.
 * Give it to the module as `typeLock.store`. It needs the package `ioredis`, and Redis 6.2 or newer with
 * `maxmemory-policy noeviction`. `track()` never waits for Redis, and goes on without it.
 *
 * @throws {ConfigurationError} when the application boots: an option is wrong, or the package is missing
 *
 * @example
 * WebEngageModule.forRoot({
 *   licenseCode: '~2024bb40',
 *   apiKey: process.env.WEBENGAGE_API_KEY ?? '',
 *   typeLock: { store: redisTypeLock({ connection: 'redis://localhost:6379' }) },
 * });
 */
export function redisTypeLock(options: RedisTypeLockOptions): TypeLockStoreFactory {
  return async (settings) => {
    const { connection, prefix, timeout } = resolveRedisTypeLockOptions(options);
    const ioredis = await loadIoRedis(STORE_OPTION, 'redisTypeLock()');
    const log = new RedisLog(settings.logger, REDIS);
    const connections = new RedisConnections(connection, ioredis, log);
    return new RedisTypeLockStore(new TypeLockRedis(connections, { ...settings, prefix, timeout }, log), settings);
  };
}
