export { bullMqDelivery } from './bullmq-delivery.factory.js';
export type {
  BullMqDeliveryOptions,
  DeliveryRole,
  KeepFailedOptions,
  WhenUnavailable,
} from './options/bullmq-delivery.options.js';
export { redisTypeLock } from './type-lock/redis-type-lock.factory.js';
export type { RedisTypeLockOptions } from './type-lock/redis-type-lock.options.js';
export { FailedEvents } from '../delivery/failed-events.js';
