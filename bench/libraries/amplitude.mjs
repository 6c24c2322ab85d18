import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_NAME } from '../support/example-event.mjs';

const FLUSH_AGAIN_AFTER = 5;

export const amplitude = {
  name: 'Amplitude',
  packageName: '@amplitude/analytics-node',
  settings: 'defaults: at most 200 events a batch, one call at a time, no bound on what is pending',
  async open({ origin }) {
    const { createInstance } = await import('@amplitude/analytics-node');
    const client = createInstance();
    await client.init('bench', { serverUrl: `${origin}/2/httpapi` }).promise;
    let last;
    return {
      track(userId, eventData) {
        last = client.track(EVENT_NAME, eventData, { user_id: userId });
      },
      // A flush that finds another under way does nothing; batches go in order, so the last event's promise tells.
      async settle() {
        let isSettled = last === undefined;
        void last?.promise.then(() => (isSettled = true));
        while (!isSettled) {
          await client.flush().promise;
          if (!isSettled) await pause(FLUSH_AGAIN_AFTER);
        }
      },
    };
  },
};
