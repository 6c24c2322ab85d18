import type { FactoryProvider, Provider } from '@nestjs/common';
import { createLog } from './common/log.js';
import { resolveOptions, type ResolvedOptions } from './configuration/resolve-options.js';
import { systemClock } from './delivery/clock.js';
import { DeliveryLog } from './delivery/delivery-log.js';
import { DirectDelivery } from './delivery/direct.delivery.js';
import { Ledger } from './delivery/ledger.js';
import { EventIntake } from './events/event-intake.js';
import { EventsService } from './events/events.service.js';
import { getEventsToken } from './events/events-token.js';
import { WebEngageClient } from './http/webengage.client.js';
import { getHandlerTrackerToken, HandlerTracker } from './tracking/handler-tracker.js';
import { MODULE_OPTIONS_TOKEN } from './webengage.module-definition.js';

/** The longest pause that direct delivery makes because WebEngage asks for it: its quota is one of a minute. */
const LONGEST_DIRECT_PAUSE = 60_000;

/**
 * Puts checked options in the place of the raw ones, whichever way they were given. The raw ones stay in closures: the
 * module's metadata can be inspected, and it would show their key.
 */
export function sealOptions(provider: Provider): Provider {
  if (typeof provider === 'function' || provider.provide !== MODULE_OPTIONS_TOKEN) return provider;
  if ('useValue' in provider) {
    const { useValue } = provider as { useValue: unknown };
    return { provide: MODULE_OPTIONS_TOKEN, useFactory: () => resolveOptions(useValue) };
  }
  const { useFactory, inject = [] } = provider as FactoryProvider<unknown>;
  return {
    provide: MODULE_OPTIONS_TOKEN,
    useFactory: async (...injected: unknown[]) => resolveOptions(await useFactory(...injected)),
    inject,
  };
}

/** One account's parts, each with what it needs. */
export function internalProviders(account: string | undefined): Provider[] {
  const log = createLog(account);
  return [
    { provide: Ledger, useFactory: () => new Ledger(new DeliveryLog(log)) },
    {
      provide: WebEngageClient,
      useFactory: (options: ResolvedOptions) => new WebEngageClient(options),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: DirectDelivery,
      useFactory: (client: WebEngageClient, ledger: Ledger, { delivery, retry }: ResolvedOptions) =>
        new DirectDelivery(
          client,
          ledger,
          { ...delivery, retry: { ...retry, maxRetryAfter: Math.max(LONGEST_DIRECT_PAUSE, retry.maxDelay) } },
          systemClock,
          Math.random,
        ),
      inject: [WebEngageClient, Ledger, MODULE_OPTIONS_TOKEN],
    },
    {
      provide: getEventsToken(account),
      useFactory: (options: ResolvedOptions, delivery: DirectDelivery, ledger: Ledger) => {
        const { enabled, maxEventBytes, onRefused } = options;
        const intake = new EventIntake({ enabled, maxEventBytes, onRefused }, delivery, ledger, log);
        return new EventsService(intake, delivery, ledger, options.delivery.shutdownTimeout, log);
      },
      inject: [MODULE_OPTIONS_TOKEN, DirectDelivery, Ledger],
    },
    {
      provide: getHandlerTrackerToken(account),
      useFactory: ({ identify, delivery }: ResolvedOptions, events: EventsService, ledger: Ledger) =>
        new HandlerTracker({ identify, maxEvaluating: delivery.maxPending }, events, ledger, log),
      inject: [MODULE_OPTIONS_TOKEN, getEventsToken(account), Ledger],
    },
  ];
}
