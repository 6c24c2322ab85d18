import { afterEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  BufferFullError,
  EventAttribute,
  EventsService,
  type FailedEvent,
  getEventsToken,
  WebEngageEvent,
  WebEngageModule,
} from 'nestjs-webengage';
import { FaultyProxy } from '../../support/faulty-proxy.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { API_KEY } from '../../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { linesOn, MODES, trackCart, useLockedTracking } from './locked-tracking.js';

const locked = useLockedTracking();
expectNoUnobservedErrors();

const cart = (eventData: Record<string, string | number>) => ({ userId: '1', eventName: 'Added to Cart', eventData });

describe('what an event taught', () => {
  let proxy: FaultyProxy | undefined;

  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });

  it('is forgotten when the event is refused for another reason', async () => {
    const { events } = await locked.start();
    await expect(events.track({ ...cart({ Price: 'x' }), userId: '' })).rejects.toThrow();
    await expect(events.track(cart({ Price: 'x', we_price: 1 }))).rejects.toThrow();
    await trackCart(events, { Price: 1 });
    expect(locked.kept()).toEqual([{ Price: 1 }]);
    expect(events.stats().typeConflicts).toBe(0);
  });

  it.each(MODES)("with '%s' is forgotten when another event of the same call is refused", async (onTypeConflict) => {
    const { events } = await locked.start({ onTypeConflict });
    await expect(events.trackMany([cart({ Price: 'x' }), { ...cart({}), eventName: '' }])).rejects.toThrow(/\[1\]/);
    await events.trackMany([cart({ Price: 1 }), cart({ Price: 2 })]);
    expect(locked.kept()).toEqual([{ Price: 1 }, { Price: 2 }]);
    expect(events.stats().typeConflicts).toBe(0);
  });

  it('holds within one call', async () => {
    const { events } = await locked.start();
    await events.trackMany([cart({ Price: 1 }), cart({ Price: 'x' }), cart({ Price: 2 })]);
    expect(
      locked.sandbox
        .events()
        .map(({ eventData }) => JSON.stringify(eventData))
        .sort(),
    ).toEqual(['{"Price":1}', '{"Price":2}', '{}']);
    expect(events.stats().typeConflicts).toBe(1);
  });

  it("with 'reject' holds within one call, none of which is sent", async () => {
    const { events } = await locked.start({ onTypeConflict: 'reject' });
    await expect(events.trackMany([cart({ Price: 1 }), cart({ Price: 'x' })])).rejects.toMatchObject({
      violations: [{ path: '[1].eventData["Price"]', rule: 'typeConflict' }],
    });
    expect(locked.kept()).toEqual([]);
    await trackCart(events, { Price: 'y' });
    expect(locked.kept()).toEqual([{ Price: 'y' }]);
  });

  it('is nothing when the buffer is full', async () => {
    const { events } = await locked.start({
      host: 'http://127.0.0.1:9',
      delivery: { mode: 'background', maxPending: 2, shutdownTimeout: 0 },
      onTypeConflict: 'reject',
    });
    await events.track(cart({ Size: 1 }));
    const tooMany = [cart({ Price: 'x' }), cart({ Price: 'y' })];
    await expect(events.trackMany(tooMany)).rejects.toBeInstanceOf(BufferFullError);
    await expect(events.track(cart({ Price: 1 }))).resolves.toMatchObject({ state: 'accepted' });
  });

  it('holds for an event that is tracked again after it failed', async () => {
    const { events } = await locked.start({ onTypeConflict: 'reject', retry: { maxAttempts: 1 } });
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    locked.sandbox.faults.add({ status: 503, calls: 1 });
    await expect(trackCart(events, { Price: 1 })).rejects.toThrow();
    expect(await events.retry(failed[0])).toMatchObject({ state: 'delivered' });
    await expect(trackCart(events, { Price: 'x' })).rejects.toMatchObject({ violations: [{ rule: 'typeConflict' }] });
    expect(locked.kept()).toEqual([{ Price: 1 }]);
    expect(events.stats()).toMatchObject({ accepted: 2, delivered: 1, failed: 1, refused: 1 });
  });

  it('changes nothing of an event that may have arrived, and is tracked again', async () => {
    @WebEngageEvent('Added to Cart')
    class AddedToCart {
      @EventAttribute('Price', String, { optional: true }) price?: string;
    }
    proxy = await FaultyProxy.start(locked.sandbox.url);
    const { events } = await locked.start({ host: proxy.url, retry: { maxAttempts: 1 } });
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    proxy.next('ingest then reset');
    await trackCart(events, { Price: 1, Size: 'L' }).catch(() => undefined);
    // From now on the Price is held to be a String.
    await events.track(AddedToCart, { userId: '1' });
    await trackCart(events, { Price: 2 });
    expect(events.stats().typeConflicts).toBe(1);
    expect(await events.retry(failed[0])).toMatchObject({ state: 'delivered', requestId: failed[0]?.requestId });
    expect(proxy.calls).toHaveLength(4);
    expect(proxy.calls[3]?.body).toBe(proxy.calls[0]?.body);
    expect(proxy.requestIds[3]).toBe(proxy.requestIds[0]);
    expect(events.stats().typeConflicts).toBe(1);
  });

  it('is kept of an event that a getter tracks, when the events around it are refused', async () => {
    const { events } = await locked.start();
    const inner: Promise<unknown>[] = [];
    const tracking = {
      ...cart({}),
      get userId() {
        inner.push(trackCart(events, { Price: 5 }));
        return '';
      },
    };
    await expect(events.trackMany([cart({ Price: 1 }), tracking])).rejects.toThrow(/\[1\]/);
    await Promise.all(inner);
    expect(inner).toHaveLength(1);
    await trackCart(events, { Price: 'x', Size: 'L' });
    expect(locked.kept()).toEqual([{ Price: 5 }, { Size: 'L' }]);
    expect(events.stats().typeConflicts).toBe(1);
  });

  it('is not known in another account', async () => {
    const options = { host: locked.sandbox.url, apiKey: API_KEY, delivery: { mode: 'direct' as const } };
    @Module({
      imports: [
        WebEngageModule.forRoot({ ...options, licenseCode: '~one' }),
        WebEngageModule.forRoot({ ...options, licenseCode: '~two', account: 'two' }),
      ],
    })
    class TwoAccounts {}
    const app = await NestFactory.createApplicationContext(TwoAccounts, {
      logger: new RecordingLogger(),
      abortOnError: false,
    });
    await trackCart(app.get(EventsService), { Price: 1 });
    await trackCart(app.get<EventsService>(getEventsToken('two')), { Price: 'x' });
    expect(locked.kept()).toEqual([{ Price: 1 }, { Price: 'x' }]);
    expect(locked.droppedCount()).toBe(0);
    await app.close();
  });
});

describe('the bounds', () => {
  it('maxEvents: the types of further events are not locked, and one line says so', async () => {
    const context = await locked.start({ typeLock: { maxEvents: 2 } });
    for (const eventName of ['One', 'Two', 'Three', 'Four']) {
      await trackCart(context.events, { Price: 1, Size: 1 }, eventName);
      await trackCart(context.events, { Price: 'x' }, eventName);
    }
    expect(context.events.stats().typeConflicts).toBe(2);
    expect(linesOn(context, 'typeLock.maxEvents is 2')).toHaveLength(1);
    expect(linesOn(context, 'typeLock.maxEvents is 2')[0]).toMatch(/^warn: /);
  });

  it('maxAttributes: those of further attributes are not', async () => {
    const context = await locked.start({ typeLock: { maxAttributes: 3 } });
    await trackCart(context.events, { A: 1, B: 1 });
    await trackCart(context.events, { C: 1, D: 1 }, 'Other');
    await trackCart(context.events, { A: 'x', B: 'x' });
    await trackCart(context.events, { C: 'x', D: 'x' }, 'Other');
    await trackCart(context.events, { A: 'x' }, 'Another');
    expect(context.events.stats().typeConflicts).toBe(3);
    expect(linesOn(context, 'typeLock.maxAttributes 3')).toHaveLength(1);
  });

  it('leave room again for what was forgotten', async () => {
    const context = await locked.start({ typeLock: { maxEvents: 1, maxAttributes: 1 } });
    await expect(context.events.track({ ...cart({ A: 1 }), userId: '' })).rejects.toThrow();
    await expect(context.events.trackMany([cart({ A: 1 }), { ...cart({}), userId: '' }])).rejects.toThrow();
    await trackCart(context.events, { Price: 1 }, 'Other');
    await trackCart(context.events, { Price: 'x' }, 'Other');
    expect(context.events.stats().typeConflicts).toBe(1);
    expect(linesOn(context, 'typeLock.')).toEqual([]);
  });

  it('of the log: a thousand attributes in conflict are told apart', async () => {
    const context = await locked.start({ enabled: false });
    for (let index = 0; index < 1_010; index++) {
      await trackCart(context.events, { Price: 1 }, `Event ${index}`);
      await trackCart(context.events, { Price: 'x' }, `Event ${index}`);
    }
    expect(context.events.stats().typeConflicts).toBe(1_010);
    expect(context.logger.at('error')).toHaveLength(1_000);
    expect(linesOn(context, '1000 attributes were in conflict')).toHaveLength(1);
  });
});
