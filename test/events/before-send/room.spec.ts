import { expect, it } from '@jest/globals';
import { BufferFullError } from 'nestjs-webengage';
import { useBackgroundTracking } from '../../support/answering-server.js';

const test = useBackgroundTracking();
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const UNWANTED = { userId: 'nobody', eventName: 'Added to Cart' };

it('what is dropped needs no room', async () => {
  const events = await test.start(
    { maxPending: 2 },
    { beforeSend: (event) => (event.userId === 'nobody' ? null : event) },
  );
  const states = await events.trackMany([EVENT, UNWANTED, UNWANTED, EVENT, UNWANTED]);
  expect(states.map(({ state }) => state)).toEqual(['accepted', 'skipped', 'skipped', 'accepted', 'skipped']);
});

it('what is kept does', async () => {
  const events = await test.start({ maxPending: 2 }, { beforeSend: (event) => event });
  await expect(events.trackMany([EVENT, EVENT, EVENT])).rejects.toBeInstanceOf(BufferFullError);
  expect(events.stats()).toMatchObject({ accepted: 0, refused: 3, skipped: 0 });
});
