export { ConfigurationError, type ConfigurationProblem } from './errors/configuration.error.js';
export { BufferFullError } from './errors/buffer-full.error.js';
export { DeliveryRoleError } from './errors/delivery-role.error.js';
export { DeliveryError, type DeliveryFailure } from './errors/delivery.error.js';
export { EventValidationError } from './errors/event-validation.error.js';
export { FlushTimeoutError } from './errors/flush-timeout.error.js';
export { LockFileError } from './errors/lock-file.error.js';
export { RetryRefusedError } from './errors/retry-refused.error.js';
export { ShutDownError } from './errors/shut-down.error.js';
export { StoreUnavailableError } from './errors/store-unavailable.error.js';
export { WebEngageApiError } from './errors/webengage-api.error.js';
export { WebEngageError } from './errors/webengage.error.js';

export type { DeliveredEvent, FailedEvent, FailureReason } from './delivery/delivery-events.js';
export type { DeliveryHealth } from './delivery/health/delivery-health.js';
export type { DeliveryStats, Ledger } from './delivery/ledger.js';
export type { FailedCall, FailedCalls, FailedCallsPage } from './delivery/failed-calls.js';
export { FailedEvents } from './delivery/failed-events.js';
export { getFailedEventsToken, InjectFailedEvents } from './delivery/failed-events-token.js';

// What a delivery of one's own is made of.
export type { Delivery, DeliveryFactory } from './delivery/delivery.js';
export type { DeliverySettings, DeliveryTools } from './delivery/delivery-tools.js';
export type { Envelope } from './delivery/envelope.js';
export type { EventSender } from './delivery/event-sender.js';
export type { HoldReason } from './delivery/hold-listener.js';
export type { Load } from './delivery/pending-bounds.js';
export type { Answer, RateLimit } from './http/answer.js';
export type { CallKind, OutgoingCall } from './http/outgoing-call.js';
export type { SentCall } from './instrumentation/call-watcher.js';

// What an instrumentation of one's own is made of.
export type { TraceContext } from './delivery/trace-context.js';
export type {
  Acceptance,
  AcceptedEvent,
  AttemptObserver,
  AttemptOutcome,
  DeliveryAttempt,
  InstrumentedModule,
  Instrumentation,
} from './instrumentation/instrumentation.js';
export type { PayloadRedaction } from './instrumentation/payload-log.js';

export {
  EventAttribute,
  type EventAttributeOptions,
  type PropertyDecoratorOf,
} from './catalog/event-class/event-attribute.decorator.js';
export type { AttributeTypeToken, ValueOfToken } from './catalog/event-class/attribute-type-token.js';
export { EventClass } from './catalog/event-class/event-class.js';
export { WebEngageEvent, type WebEngageEventOptions } from './catalog/event-class/webengage-event.decorator.js';
export type { CatalogFeatureOptions } from './catalog/catalog-feature.js';

// What a type lock of one's own is made of.
export type { LockedType } from './catalog/type-lock/locked-type.js';
export type { TypeLockSettings, TypeLockStore, TypeLockStoreFactory } from './catalog/type-lock/type-lock-store.js';

export type { AttributeType } from './events/constraints/attribute-type.js';
export type { Rule, Violation } from './events/constraints/violation.js';
export type { BeforeSend } from './events/before-send.js';
export { IsEventData } from './events/dto/is-event-data.decorator.js';
export { IsEventName } from './events/dto/is-event-name.decorator.js';
export { IsEventTime } from './events/dto/is-event-time.decorator.js';
export { IsUserIdentifier } from './events/dto/is-user-identifier.decorator.js';
export { TrackEventDto } from './events/dto/track-event.dto.js';
export type { AttributeValue, EventData, JsonObject, JsonValue } from './events/event-data.js';
export type { ConstructibleType, EventOf, EventSubject, EventType, ValuesOf } from './events/event-class.js';
export { EventsService } from './events/events.service.js';
export { getEventsToken, InjectEvents } from './events/events-token.js';
export type { EventBody } from './events/read-event.js';
export type { NamedEvent } from './events/named-event.js';
export type { TrackEventInput } from './events/track-event-input.js';
export type { OnTypeConflict } from './events/type-conflicts.js';
export type { TrackReceipt, TrackState } from './events/track-receipt.js';

export type { EventDataOf, WebEngageEvents } from './events/webengage-events.js';

export { TrackEvent } from './tracking/track-event.decorator.js';
export type {
  Identify,
  Mappable,
  TrackClassOptions,
  TrackEventContext,
  TrackEventOptions,
  UserRef,
} from './tracking/track-event.options.js';

export { webEngageConfig, type WebEngageConfigFactory, type WebEngageConfigProvider } from './webengage.config.js';
export { WebEngageModule } from './webengage.module.js';
export type { WebEngageModuleExtras } from './webengage.module-definition.js';
// The public names leave the word Options to the module's own.
export type {
  BackgroundDeliveryOptions as BackgroundDelivery,
  BulkPolicy,
  DataCenter,
  DisabledModuleOptions,
  DirectDeliveryOptions as DirectDelivery,
  HttpOptions,
  OnRefused,
  Overflow,
  QuotaOptions,
  RetryOptions,
  TypeLockOptions,
  WebEngageModuleOptions,
  WebEngageOptionsFactory,
} from './webengage.options.js';
