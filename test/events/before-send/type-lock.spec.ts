import { describe, expect, it } from '@jest/globals';
import type { BeforeSend } from 'nestjs-webengage';
import { useBackgroundTracking } from '../../support/answering-server.js';

const eventOf = (Price: unknown, userId = 'johndoe') => ({
  userId,
  eventName: 'Added to Cart',
  eventData: { Price } as never,
});
const priceAsNumber: BeforeSend = (event) => ({ ...event, eventData: { Price: Number(event.eventData?.Price) } });
const priceAsString: BeforeSend = (event) => ({
  ...event,
  eventData: { Price: `${event.eventData?.Price as number}` },
});

describe('the type lock', () => {
  const background = useBackgroundTracking();

  it('judges what beforeSend made of an event, not what was tracked', async () => {
    const events = await background.start({}, { beforeSend: priceAsNumber, onTypeConflict: 'reject' });
    await events.track(eventOf(39.8));
    await events.track(eventOf('39.8'));
    await events.flush();
    expect(background.server.ingested.map(({ eventData }) => eventData)).toEqual([{ Price: 39.8 }, { Price: 39.8 }]);
    expect(events.stats()).toMatchObject({ delivered: 2, typeConflicts: 0 });
  });

  it('finds a type that beforeSend made wrong', async () => {
    let beforeSend: BeforeSend = (event) => event;
    const events = await background.start({}, { beforeSend: (event) => beforeSend(event), onTypeConflict: 'reject' });
    await events.track(eventOf(39.8));
    beforeSend = priceAsString;
    await expect(events.track(eventOf(39.8))).rejects.toMatchObject({ violations: [{ rule: 'typeConflict' }] });
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1, refused: 1, typeConflicts: 1 });
  });

  it('learns nothing of an event that is dropped', async () => {
    const events = await background.start(
      {},
      { beforeSend: (event) => (event.userId === 'jane' ? null : event), onTypeConflict: 'reject' },
    );
    const receipts = await events.trackMany([eventOf('39.8', 'jane'), eventOf(39.8), eventOf('39.8', 'jane')]);
    expect(receipts.map(({ state }) => state)).toEqual(['skipped', 'accepted', 'skipped']);
    await expect(events.track(eventOf('39.8'))).rejects.toMatchObject({ violations: [{ rule: 'typeConflict' }] });
    expect(await events.track(eventOf('39.8', 'jane'))).toMatchObject({ state: 'skipped' });
    expect(events.stats()).toMatchObject({ accepted: 1, refused: 1, skipped: 3, typeConflicts: 1 });
  });
});
