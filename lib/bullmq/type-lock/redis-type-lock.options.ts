import type { BullMqDeliveryOptions } from '../options/bullmq-delivery.options.js';

export interface RedisTypeLockOptions {
  /**
   * Where Redis is: a URL, ioredis's options, or an ioredis client, which is duplicated and left as it is. The lock opens
   * one connection of its own.
   */
  connection: BullMqDeliveryOptions['connection'];
  /**
   * What the two keys in Redis begin with; the license code follows, so that each account has its own. All processes of
   * one account must have the same. Default: `webengage`.
   */
  prefix?: string;
  /** How long one answer of Redis is waited for, in milliseconds; `track()` never waits for it. Default: 5,000. */
  timeout?: number;
}
