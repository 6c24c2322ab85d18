import { EventEmitter, once } from 'node:events';
import { EVENT_NAME } from '../support/example-event.mjs';

export const mixpanel = {
  name: 'Mixpanel',
  packageName: 'mixpanel',
  settings: 'defaults: one call for each event, made by track() itself; no bound on concurrent calls',
  async open({ origin }) {
    const { default: Mixpanel } = await import('mixpanel');
    const { hostname, port } = new URL(origin);
    const client = Mixpanel.init('bench', { protocol: 'http', host: hostname, port });
    const idle = new EventEmitter();
    let pending = 0;
    const onDone = () => {
      if (--pending === 0) idle.emit('idle');
    };
    return {
      track(userId, eventData) {
        pending++;
        client.track(EVENT_NAME, { distinct_id: userId, ...eventData }, onDone);
      },
      async settle() {
        if (pending > 0) await once(idle, 'idle');
      },
    };
  },
};
