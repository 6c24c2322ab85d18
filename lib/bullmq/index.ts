export { bullMqDelivery } from './bullmq-delivery.factory.js';
export type {
  BullMqDeliveryOptions,
  DeliveryRole,
  KeepFailedOptions,
  WhenUnavailable,
} from './options/bullmq-delivery.options.js';
export { FailedEvents } from '../delivery/failed-events.js';
