import { describe, expect, it } from '@jest/globals';
import {
  type BackgroundDelivery,
  BufferFullError,
  type DeliveryStats,
  type WebEngageModuleOptions,
} from 'nestjs-webengage';
import fc from 'fast-check';
import { useBackgroundTracking } from '../../support/answering-server.js';
import { MODES, STATE_OF_RECEIPT } from '../../support/deliveries.js';
import { counts } from '../../support/http-apps.js';

const REQUEST_ID = /^[0-9a-f]{32}$/;
const eventOf = (userId: string) => ({ userId, eventName: 'Looked' });
const dropJane = <Event extends { readonly userId?: string }>(event: Event) => (event.userId === 'jane' ? null : event);

const balance = ({ accepted, delivered, failed, pending }: DeliveryStats) => accepted - delivered - failed - pending;

describe.each(MODES)('with %s delivery, an event that beforeSend drops', (mode) => {
  const background = useBackgroundTracking();
  const start = (options: Partial<WebEngageModuleOptions> = {}, delivery: Partial<BackgroundDelivery> = {}) =>
    background.start({ mode: mode as 'background', ...delivery }, { beforeSend: dropJane, ...options });

  it('is not sent, and its receipt says so', async () => {
    const events = await start();
    const receipt = await events.track(eventOf('jane'));
    expect(receipt).toEqual({ requestId: expect.stringMatching(REQUEST_ID), state: 'skipped' });
    await events.flush();
    expect(background.server.calls).toEqual([]);
    expect(events.stats()).toEqual(counts({ skipped: 1 }));
    expect(background.tracking.logger.lines.filter(({ level }) => level !== 'log')).toEqual([]);
  });

  it('leaves the others of a trackMany() alone, in their order', async () => {
    const events = await start();
    const receipts = await events.trackMany(['john', 'jane', 'jack', 'jane', 'joe'].map(eventOf));
    const taken = STATE_OF_RECEIPT[mode];
    expect(receipts.map(({ state }) => state)).toEqual([taken, 'skipped', taken, 'skipped', taken]);
    expect(new Set(receipts.map(({ requestId }) => requestId)).size).toBe(5);
    await events.flush();
    const idsByUser = new Map(background.server.calls.map((call) => [call.events[0]?.userId, call.requestId]));
    expect(idsByUser).toEqual(
      new Map([
        ['john', receipts[0]?.requestId],
        ['jack', receipts[2]?.requestId],
        ['joe', receipts[4]?.requestId],
      ]),
    );
    expect(events.stats()).toEqual(counts({ accepted: 3, delivered: 3, skipped: 2 }));
  });

  it('may be all of them', async () => {
    const events = await start({ beforeSend: () => null });
    const receipts = await events.trackMany([eventOf('a'), eventOf('b')]);
    expect(receipts.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
    expect(events.stats()).toEqual(counts({ skipped: 2 }));
  });

  it('is not counted where others of its trackMany() are refused', async () => {
    const events = await start();
    await expect(events.trackMany([eventOf('jane'), eventOf('')])).rejects.toThrow();
    expect(events.stats()).toEqual(counts({ refused: 2 }));
  });

  it('needs no room', async () => {
    background.server.reply = () => 'hang';
    const events = await start({}, { maxPending: 1, shutdownTimeout: 0 });
    void events.track(eventOf('john'));
    await background.server.received(1);
    await expect(events.track(eventOf('jack'))).rejects.toBeInstanceOf(BufferFullError);
    expect(await events.track(eventOf('jane'))).toMatchObject({ state: 'skipped' });
    expect(events.stats()).toEqual(counts({ accepted: 1, pending: 1, refused: 1, skipped: 1 }));
  });

  it('is skipped, not disabled, where nothing is sent anyway', async () => {
    const events = await start({ enabled: false });
    const receipts = await events.trackMany(['john', 'jane'].map(eventOf));
    expect(receipts.map(({ state }) => state)).toEqual(['disabled', 'skipped']);
    expect(events.stats()).toEqual(counts({ skipped: 2 }));
  });

  it('is not asked for after the shutdown', async () => {
    const asked: unknown[] = [];
    const events = await start({ beforeSend: (event) => void asked.push(event) as never });
    await background.tracking.app.close();
    await expect(events.track(eventOf('john'))).rejects.toThrow(/shut down/);
    expect(asked).toEqual([]);
  });

  it('keeps the books in order, whatever becomes of the others', async () => {
    const outcomes = fc.constantFrom('keep', 'drop', 'throw', 'spoil');
    const events = await start({
      onRefused: 'report',
      beforeSend: (event) => {
        if (event.userId === 'drop') return null;
        if (event.userId === 'throw') throw new Error('broken');
        return event.userId === 'spoil' ? { ...event, eventName: '' } : event;
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(outcomes, { minLength: 1, maxLength: 6 }), async (users) => {
        const before = events.stats();
        const receipts = await events.trackMany(users.map(eventOf));
        const after = events.stats();
        const isRefused = users.some((user) => user === 'throw' || user === 'spoil');
        const stateOf = (user: string) => (user === 'drop' ? 'skipped' : STATE_OF_RECEIPT[mode]);
        expect(receipts.map(({ state }) => state)).toEqual(
          users.map((user) => (isRefused ? 'refused' : stateOf(user))),
        );
        const dropped = users.filter((user) => user === 'drop').length;
        expect(after.accepted - before.accepted).toBe(isRefused ? 0 : users.length - dropped);
        expect(after.skipped - before.skipped).toBe(isRefused ? 0 : dropped);
        expect(after.refused - before.refused).toBe(isRefused ? users.length : 0);
        expect(balance(after)).toBe(0);
      }),
      { numRuns: 50 },
    );
    await events.flush();
    const { accepted, delivered } = events.stats();
    expect(delivered).toBe(accepted);
    expect(background.server.ingested).toHaveLength(accepted);
    expect(new Set(background.server.ingested.map(({ userId }) => userId))).toEqual(new Set(['keep']));
  });
});
