import type { FactoryProvider, Provider } from '@nestjs/common';
import { EventCatalog } from './catalog/event-catalog.js';
import { AttributeTypeLock } from './catalog/type-lock/attribute-type-lock.js';
import { createLog, type Log } from './common/log.js';
import { resolveOptions, type ResolvedOptions } from './configuration/resolve-options.js';
import { quotaOf } from './configuration/resolve-delivery.js';
import { RESOLVE_OPTIONS } from './configuration/resolve-options-token.js';
import { systemClock } from './delivery/clock.js';
import { createDelivery } from './delivery/create-delivery.js';
import type { Delivery } from './delivery/delivery.js';
import { DeliveryMonitor } from './delivery/health/delivery-health.js';
import { QuotaUse } from './delivery/health/quota-use.js';
import { DeliveryLog } from './delivery/delivery-log.js';
import { DELIVERY, DELIVERY_TOOLS } from './delivery/delivery-token.js';
import type { DeliverySettings, DeliveryTools } from './delivery/delivery-tools.js';
import { FailedEvents } from './delivery/failed-events.js';
import { getFailedEventsToken } from './delivery/failed-events-token.js';
import { Ledger } from './delivery/ledger.js';
import { RequestIds } from './delivery/request-ids.js';
import { EventReader } from './events/event-reader.js';
import { EventIntake } from './events/event-intake.js';
import { EventsService } from './events/events.service.js';
import { TypeConflicts } from './events/type-conflicts.js';
import { TypeGuard } from './events/type-guard.js';
import { getEventsToken } from './events/events-token.js';
import type { CallWatcher } from './instrumentation/call-watcher.js';
import { Observer } from './instrumentation/observer.js';
import { PayloadLog } from './instrumentation/payload-log.js';
import { WatchedSender } from './instrumentation/watched-sender.js';
import { WebEngageClient } from './http/webengage.client.js';
import { getHandlerTrackerToken, HandlerTracker } from './tracking/handler-tracker.js';
import { catalogProviders } from './webengage.catalog-providers.js';
import { MODULE_OPTIONS_TOKEN } from './webengage.module-definition.js';

type ResolveOptions = typeof resolveOptions;

/**
 * Puts checked options in the place of the raw ones, whichever way they were given. The raw ones stay in closures: the
 * module's metadata can be inspected, and it would show their key.
 */
export function sealOptions(provider: Provider): Provider {
  if (typeof provider === 'function' || provider.provide !== MODULE_OPTIONS_TOKEN) return provider;
  if ('useValue' in provider) {
    const { useValue } = provider as { useValue: unknown };
    return {
      provide: MODULE_OPTIONS_TOKEN,
      useFactory: (resolve: ResolveOptions) => resolve(useValue),
      inject: [RESOLVE_OPTIONS],
    };
  }
  const { useFactory, inject = [] } = provider as FactoryProvider<unknown>;
  return {
    provide: MODULE_OPTIONS_TOKEN,
    useFactory: async (resolve: ResolveOptions, ...injected: unknown[]) => resolve(await useFactory(...injected)),
    inject: [RESOLVE_OPTIONS, ...inject],
  };
}

/** One account's parts, each with what it needs. */
export function internalProviders(account: string | undefined): Provider[] {
  const log = createLog(account);
  return [
    RequestIds,
    { provide: RESOLVE_OPTIONS, useValue: resolveOptions },
    { provide: DeliveryLog, useFactory: () => new DeliveryLog(log) },
    { provide: Ledger, useFactory: (deliveryLog: DeliveryLog) => new Ledger(deliveryLog), inject: [DeliveryLog] },
    {
      provide: WebEngageClient,
      useFactory: (options: ResolvedOptions) => new WebEngageClient(options),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: QuotaUse,
      useFactory: ({ delivery }: ResolvedOptions) => new QuotaUse(quotaOf(delivery), () => systemClock.elapsed()),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: Observer,
      useFactory: ({ host, instrumentation }: ResolvedOptions) => new Observer({ account, host }, instrumentation, log),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: DeliveryMonitor,
      useFactory: (ledger: Ledger, deliveryLog: DeliveryLog, quotaUse: QuotaUse) =>
        new DeliveryMonitor(ledger, deliveryLog, quotaUse, () => systemClock.now()),
      inject: [Ledger, DeliveryLog, QuotaUse],
    },
    {
      provide: DELIVERY_TOOLS,
      useFactory: (
        options: ResolvedOptions,
        client: WebEngageClient,
        ledger: Ledger,
        deliveryLog: DeliveryLog,
        requestIds: RequestIds,
        quotaUse: QuotaUse,
        observer: Observer,
      ): DeliveryTools => ({
        sender: new WatchedSender(client, watchersOf(options, account, quotaUse, observer)),
        ledger,
        log: deliveryLog,
        requestIds,
        clock: systemClock,
        random: Math.random,
        settings: settingsOf(options, account, log),
      }),
      inject: [MODULE_OPTIONS_TOKEN, WebEngageClient, Ledger, DeliveryLog, RequestIds, QuotaUse, Observer],
    },
    {
      provide: DELIVERY,
      useFactory: ({ delivery }: ResolvedOptions, tools: DeliveryTools) => createDelivery(delivery, tools),
      inject: [MODULE_OPTIONS_TOKEN, DELIVERY_TOOLS],
    },
    ...catalogProviders(account, log),
    {
      provide: TypeConflicts,
      useFactory: ({ onTypeConflict }: ResolvedOptions, ledger: Ledger) =>
        new TypeConflicts(account, onTypeConflict, ledger, log),
      inject: [MODULE_OPTIONS_TOKEN, Ledger],
    },
    {
      provide: TypeGuard,
      useFactory: ({ onTypeConflict }: ResolvedOptions, lock: AttributeTypeLock, conflicts: TypeConflicts) =>
        new TypeGuard(onTypeConflict, lock, conflicts),
      inject: [MODULE_OPTIONS_TOKEN, AttributeTypeLock, TypeConflicts],
    },
    {
      provide: getEventsToken(account),
      useFactory: (
        options: ResolvedOptions,
        delivery: Delivery,
        ledger: Ledger,
        requestIds: RequestIds,
        guard: TypeGuard,
        catalog: EventCatalog,
        monitor: DeliveryMonitor,
        observer: Observer,
      ) => {
        const { enabled, maxEventBytes, onRefused, beforeSend } = options;
        const reader = new EventReader(maxEventBytes, beforeSend);
        const intake = new EventIntake(
          { enabled, onRefused },
          delivery,
          ledger,
          requestIds,
          reader,
          guard,
          observer,
          log,
        );
        const shutdownTimeout = delivery.shutdownTimeout ?? options.delivery.shutdownTimeout;
        return new EventsService(intake, catalog, delivery, ledger, monitor, observer, shutdownTimeout, log);
      },
      inject: [MODULE_OPTIONS_TOKEN, DELIVERY, Ledger, RequestIds, TypeGuard, EventCatalog, DeliveryMonitor, Observer],
    },
    {
      provide: getFailedEventsToken(account),
      useFactory: (delivery: Delivery) => new FailedEvents(delivery),
      inject: [DELIVERY],
    },
    {
      provide: getHandlerTrackerToken(account),
      useFactory: ({ identify, delivery }: ResolvedOptions, events: EventsService, ledger: Ledger) =>
        new HandlerTracker({ identify, maxEvaluating: delivery.maxPending }, events, ledger, log),
      inject: [MODULE_OPTIONS_TOKEN, getEventsToken(account), Ledger],
    },
  ];
}

function settingsOf(options: ResolvedOptions, account: string | undefined, logger: Log): DeliverySettings {
  const { licenseCode, timeout, retry } = options;
  return { account, licenseCode, timeout, retry, logger };
}

function watchersOf(
  { logPayloads }: ResolvedOptions,
  account: string | undefined,
  quotaUse: QuotaUse,
  observer: Observer,
): CallWatcher[] {
  return [quotaUse, observer, ...(logPayloads ? [new PayloadLog(account, logPayloads)] : [])];
}
