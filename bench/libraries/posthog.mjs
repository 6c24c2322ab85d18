import { EVENT_NAME } from '../support/example-event.mjs';

export const posthog = {
  name: 'PostHog',
  packageName: 'posthog-node',
  settings:
    'defaults: flush at 20 events, at most 100 a batch, gzip; maxQueueSize as large as the run where it is a burst',
  async open({ origin, maxPending }) {
    const { PostHog } = await import('posthog-node');
    const client = new PostHog('bench', { host: origin, ...(maxPending && { maxQueueSize: maxPending }) });
    return {
      track: (userId, eventData) => client.capture({ distinctId: userId, event: EVENT_NAME, properties: eventData }),
      settle: () => client.flush(),
    };
  },
};
