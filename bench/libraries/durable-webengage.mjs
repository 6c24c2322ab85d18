import { EVENT_NAME } from '../support/example-event.mjs';
import { importFromRoot } from '../support/root-packages.mjs';
import { CONCURRENCY, NO_BOUND, NO_PACING, openApplication, webengageModule } from './webengage.mjs';

/**
 * This library on BullMQ. `track()` resolves once Redis has the event; `delivered()` is how many events this process has
 * delivered.
 */
function durableWebengage(name, bulk) {
  return {
    name,
    packageName: 'nestjs-webengage',
    settings: `durable delivery, bulk: '${bulk}', ${CONCURRENCY} calls at a time, a Redis without persistence`,
    async open({ origin, redis, role }) {
      const { EventsService } = await importFromRoot('nestjs-webengage');
      const { bullMqDelivery } = await importFromRoot('nestjs-webengage/bullmq');
      const work = { bulk, quota: NO_PACING, concurrency: CONCURRENCY, ...NO_BOUND };
      const settings = { connection: redis, queueName: `ours-${bulk}`, role, ...work };
      const app = await openApplication(await webengageModule({ origin, delivery: bullMqDelivery(settings) }), false);
      const events = app.get(EventsService);
      return {
        track: (userId, eventData) => events.track({ userId, eventName: EVENT_NAME, eventData }),
        delivered: () => events.stats().delivered,
      };
    },
  };
}

export const durableSingleWebengage = durableWebengage('ours, durable single', 'never');

export const durableBulkWebengage = durableWebengage('ours, durable bulk', 'always');
