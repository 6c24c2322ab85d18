export { bullMqDelivery } from './bullmq-delivery.factory.js';
export type {
  BullMqDeliveryOptions,
  DeliveryRole,
  KeepFailedOptions,
  WhenUnavailable,
} from './bullmq-delivery.options.js';
export { FailedEvents } from '../delivery/failed-events.js';
