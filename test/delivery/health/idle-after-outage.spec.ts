import { expect, it } from '@jest/globals';
import { useBackgroundTracking } from '../../support/answering-server.js';

const test = useBackgroundTracking();
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

it('nothing is paused once nothing is pending: what failed at last leaves no pause behind', async () => {
  const events = await test.start({ bulk: 'never' }, { retry: { maxAttempts: 1, minDelay: 1, maxDelay: 2 } });
  test.server.reply = () => ({ status: 500 });
  for (let count = 0; count < 6; count++) await events.track(EVENT);
  await events.flush();
  expect(events.stats()).toMatchObject({ failed: 6, pending: 0 });
  expect(events.health()).not.toHaveProperty('pausedReason');
});
