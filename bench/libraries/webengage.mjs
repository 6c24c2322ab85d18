import { EVENT_NAME } from '../support/example-event.mjs';
import { importFromRoot } from '../support/root-packages.mjs';

export const NO_PACING = { single: 1e9, bulk: 1e9, interval: 1_000 };
export const NO_BOUND = { maxPending: 1e9, maxPendingBytes: 1e12 };
export const CONCURRENCY = 16;
const FLUSH_TIMEOUT = 600_000;

/** This library in one of its modes. */
function webengage(name, settings, deliveryFor) {
  return {
    name,
    packageName: 'nestjs-webengage',
    settings,
    async open({ origin, maxPending, logger = false, delivery, timeout }) {
      const { EventsService } = await importFromRoot('nestjs-webengage');
      const chosen =
        typeof delivery === 'function'
          ? delivery
          : { ...NO_BOUND, ...(maxPending && { maxPending }), ...deliveryFor(), ...delivery };
      const app = await openApplication(await webengageModule({ origin, delivery: chosen, timeout }), logger);
      const events = app.get(EventsService);
      return {
        app,
        events,
        concurrency: chosen.concurrency,
        track: (userId, eventData) => void events.track({ userId, eventName: EVENT_NAME, eventData }),
        settle: () => events.flush({ timeout: FLUSH_TIMEOUT }),
        ledger: () => events.stats(),
      };
    },
  };
}

/** @returns the module for the collector at `origin` */
export async function webengageModule({ origin, delivery, timeout }) {
  const { WebEngageModule } = await importFromRoot('nestjs-webengage');
  return WebEngageModule.forRoot({
    licenseCode: 'bench',
    apiKey: 'bench-key',
    host: origin,
    delivery,
    ...(timeout && { timeout }),
  });
}

/** A Nest application of this one module. */
export async function openApplication(module, logger) {
  const { NestFactory } = await importFromRoot('@nestjs/core');
  return NestFactory.createApplicationContext(module, { logger, abortOnError: false });
}

function background(bulk) {
  return { mode: 'background', quota: NO_PACING, bulk, concurrency: CONCURRENCY };
}

export const bulkWebengage = webengage('ours, bulk', "background delivery, bulk: 'always', 16 calls at a time", () =>
  background('always'),
);

export const singleWebengage = webengage('ours, single', "background delivery, bulk: 'never', 16 calls at a time", () =>
  background('never'),
);

export const directWebengage = webengage('ours, direct', 'direct delivery, 16 calls at a time', () => ({
  mode: 'direct',
  concurrency: CONCURRENCY,
}));
