import { EVENT_NAME } from '../support/example-event.mjs';

export const segment = {
  name: 'Segment',
  packageName: '@segment/analytics-node',
  settings: 'defaults: 15 events a batch, no bound on what is pending or on concurrent calls; flushInterval of 1 s',
  async open({ origin }) {
    const { Analytics } = await import('@segment/analytics-node');
    // While calls are under way, its flush() leaves an unfinished batch to the timer: 10 s by default.
    const analytics = new Analytics({ writeKey: 'bench', host: origin, flushInterval: 1_000 });
    return {
      track: (userId, eventData) => analytics.track({ userId, event: EVENT_NAME, properties: eventData }),
      settle: () => analytics.flush(),
    };
  },
};
