import { setImmediate as nextTurn } from 'node:timers/promises';
import { EVENT_NAME } from '../support/example-event.mjs';

export const rudderstack = {
  name: 'RudderStack',
  packageName: '@rudderstack/rudder-sdk-node',
  settings: 'defaults: 20 events a batch, gzip; maxInternalQueueSize as large as the run where it is a burst',
  async open({ origin, maxPending }) {
    const { default: Analytics } = await import('@rudderstack/rudder-sdk-node');
    const client = new Analytics('bench', {
      dataPlaneUrl: origin,
      ...(maxPending && { maxInternalQueueSize: maxPending }),
    });
    let tracked = 0;
    let done = 0;
    const onDone = () => done++;
    return {
      track(userId, eventData) {
        tracked++;
        client.track({ userId, event: EVENT_NAME, properties: eventData }, onDone);
      },
      // One flush sends one batch.
      async settle() {
        while (done < tracked) {
          await client.flush();
          await nextTurn();
        }
      },
    };
  },
};
