import { describe, expect, it } from '@jest/globals';
import { Length, Min } from 'class-validator';
import { EventAttribute, EventValidationError, WebEngageEvent } from 'nestjs-webengage';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { linesOn, MODES, trackCart, useLockedTracking } from './locked-tracking.js';

const locked = useLockedTracking();
expectNoUnobservedErrors();

const CONFLICT = {
  path: 'eventData["Price"]',
  rule: 'typeConflict',
  message: 'eventData["Price"] is a String, but its first value made it a Number',
};

describe('a value of another type than the first', () => {
  it("with 'reject' refuses the event", async () => {
    const context = await locked.start({ onTypeConflict: 'reject' });
    await trackCart(context.events, { Price: 39.8 });
    const refusal: unknown = await trackCart(context.events, { Price: 'secret', Size: 'L' }).catch(
      (error: unknown) => error,
    );

    expect(refusal).toBeInstanceOf(EventValidationError);
    expect((refusal as EventValidationError).violations).toEqual([CONFLICT]);
    expect(locked.kept()).toEqual([{ Price: 39.8 }]);
    expect(context.events.stats()).toEqual(counts({ accepted: 1, delivered: 1, refused: 1, typeConflicts: 1 }));
    // What the refused event would have taught is not known.
    await trackCart(context.events, { Size: 44 });
    expect(locked.kept()).toEqual([{ Price: 39.8 }, { Size: 44 }]);
  });

  it("with 'drop-attribute', the default, leaves it out, and the rest arrives", async () => {
    const context = await locked.start();
    await trackCart(context.events, { Price: 39.8 });
    await trackCart(context.events, { Product: 'Cologne', Price: 'secret', Size: 'L' });

    expect(locked.kept()).toEqual([{ Price: 39.8 }, { Product: 'Cologne', Size: 'L' }]);
    expect(locked.droppedCount()).toBe(0);
    expect(context.events.stats()).toEqual(counts({ accepted: 2, delivered: 2, typeConflicts: 1 }));
  });

  it("with 'warn' is sent all the same", async () => {
    const context = await locked.start({ onTypeConflict: 'warn' });
    await trackCart(context.events, { Price: 39.8 });
    await trackCart(context.events, { Price: 'secret', Size: 'L' });

    expect(locked.sandbox.events().map(({ eventData }) => eventData)).toEqual([
      { Price: 39.8 },
      { Price: 'secret', Size: 'L' },
    ]);
    expect(locked.kept()).toEqual([{ Price: 39.8 }, { Size: 'L' }]);
    expect(context.events.stats()).toEqual(counts({ accepted: 2, delivered: 2, typeConflicts: 1 }));
  });

  it.each(MODES)("with '%s' is logged once, without the value, and counted each time", async (onTypeConflict) => {
    const context = await locked.start({ onTypeConflict });
    await trackCart(context.events, { Price: 39.8 });
    for (const value of ['secret', ['secret'], 'secret']) {
      await trackCart(context.events, { Price: value }).catch(() => undefined);
    }
    const [line, ...others] = linesOn(context, 'Price');
    expect(others).toEqual([]);
    expect(line).toMatch(onTypeConflict === 'warn' ? /^warn: / : /^error: /);
    for (const part of [
      '"Added to Cart"',
      '"Price"',
      'is a String',
      'a Number',
      `onTypeConflict: '${onTypeConflict}'`,
    ]) {
      expect(line).toContain(part);
    }
    expect(context.logger.lines.filter(({ text }) => text.includes('secret'))).toEqual([]);
    expect(context.events.stats().typeConflicts).toBe(3);
  });

  it('is one for the other types too, and none in another event', async () => {
    const { events } = await locked.start();
    const values = ['text', 1, true, new Date(0), [1], { a: 1 }];
    for (const [index, value] of values.entries()) {
      await trackCart(events, { Value: value }, `Event ${index}`);
      for (const other of values) await trackCart(events, { Value: other }, `Event ${index}`);
    }
    expect(events.stats().typeConflicts).toBe(30);
    expect(locked.droppedCount()).toBe(0);
  });

  it('is none where only the bytes tell a Date', async () => {
    const context = await locked.start();
    const { events } = context;
    await trackCart(events, { At: new Date(0), Note: '2026-01-01' });
    await trackCart(events, { At: '2018-09-15T18:29:00-0800', Note: 'x' });
    await trackCart(events, { At: '2018-09-15T18:29:00.000Z', Note: '2018-09-15T18:29:00-0800' });
    expect(locked.kept()[2]).toEqual({});
    const hint = ' (a String counts as a Date exactly if it looks like 2018-09-15T18:29:00-0800).';
    expect(linesOn(context, '"At"')).toEqual([
      expect.stringContaining(`is a String, but its first value made it a Date${hint}`),
    ]);
    expect(linesOn(context, '"Note"')).toEqual([
      expect.stringContaining(`is a Date, but its first value made it a String${hint}`),
    ]);
    expect(events.stats().typeConflicts).toBe(2);
    expect(locked.droppedCount()).toBe(0);
  });

  it.each(MODES)("with '%s' as the 26th attribute of a type over several events", async (onTypeConflict) => {
    const context = await locked.start({ onTypeConflict });
    const numbers = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`Number ${from + index}`, 1]));
    await trackCart(context.events, numbers(0, 20));
    const more = await trackCart(context.events, { ...numbers(15, 26), Text: 'x' }).catch((error: unknown) => error);

    expect(context.events.stats().typeConflicts).toBe(1);
    expect(linesOn(context, 'Number 25')).toEqual([
      expect.stringContaining(
        'eventData["Number 25"] is one too many: the event "Added to Cart" has 25 attributes of type Number already',
      ),
    ]);
    if (onTypeConflict === 'reject') {
      expect(more).toMatchObject({ violations: [{ path: 'eventData["Number 25"]', rule: 'attributesPerType' }] });
      expect(locked.kept()).toHaveLength(1);
    } else {
      expect(locked.kept()[1]).toEqual({ ...numbers(15, 25), Text: 'x' });
      expect(locked.droppedCount()).toBe(onTypeConflict === 'warn' ? 1 : 0);
    }
  });

  it("with onRefused: 'report' and 'reject' resolves as refused", async () => {
    const context = await locked.start({ onTypeConflict: 'reject', onRefused: 'report' });
    await trackCart(context.events, { Price: 39.8 });
    expect(await trackCart(context.events, { Price: 'x' })).toMatchObject({ state: 'refused' });
    expect(context.events.stats()).toEqual(counts({ accepted: 1, delivered: 1, refused: 1, typeConflicts: 1 }));
  });

  it.each(MODES)("with '%s' is judged before the validators of its class", async (onTypeConflict) => {
    @WebEngageEvent('Added to Cart')
    class AddedToCart {
      @EventAttribute('Price', Number) @Min(0) price!: number;
      @EventAttribute('Size', String) @Length(1, 2) size!: string;
    }
    const { events } = await locked.start({ onTypeConflict });
    const eventData = { price: '39.8', size: 'L' } as never;
    const outcome = await events.track(AddedToCart, { userId: '1', eventData }).catch((error: unknown) => error);

    const sent = { reject: [], 'drop-attribute': [{ Size: 'L' }], warn: [{ Price: '39.8', Size: 'L' }] };
    expect(locked.sandbox.events().map((event) => event.eventData)).toEqual(sent[onTypeConflict]);
    expect(events.stats().typeConflicts).toBe(1);
    expect(outcome).toMatchObject(
      onTypeConflict === 'reject'
        ? { violations: [{ path: 'eventData["Price"]', rule: 'typeConflict' }] }
        : { state: 'delivered' },
    );
  });

  it('is found where nothing is sent', async () => {
    const { events } = await locked.start({ enabled: false, onTypeConflict: 'reject' });
    expect(await trackCart(events, { Price: 39.8 })).toMatchObject({ state: 'disabled' });
    await expect(trackCart(events, { Price: 'x' })).rejects.toBeInstanceOf(EventValidationError);
    expect(locked.sandbox.arrivals()).toEqual([]);
  });

  it('is judged by the name as JavaScript has it, whatever the name', async () => {
    const { events } = await locked.start();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await trackCart(events, Object.fromEntries([[name, 1]]), name);
      await trackCart(
        events,
        Object.fromEntries([
          [name, 'x'],
          ['Other', 1],
        ]),
        name,
      );
    }
    expect(events.stats().typeConflicts).toBe(3);
    expect(locked.droppedCount()).toBe(0);
  });
});
