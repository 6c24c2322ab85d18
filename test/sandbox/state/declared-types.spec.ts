import { describe, expect, it } from '@jest/globals';
import { EventAttribute, WebEngageEvent } from 'nestjs-webengage';
import { ConfigurationError, type SandboxOptions } from 'nestjs-webengage/sandbox';
import { declareTypes } from '../../../lib/sandbox/account/declared-types.js';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';
import { AddedToCart, LOCK_FILE } from '../support/declared-events.js';

const DELIVERY = '2018-09-15T18:29:00-0800';

@WebEngageEvent('Added to Cart')
class AnotherAddedToCart {
  @EventAttribute('Price', String) price!: string;
  @EventAttribute('Size', String) size!: string;
}

describe('types that are declared', () => {
  const context = useSandbox({ catalog: [AddedToCart], lockFile: LOCK_FILE });
  const messages = () => context.sandbox.events().flatMap(({ dropped }) => dropped.map(({ message }) => message));
  const send = (eventData: object, eventName = 'Added to Cart', account?: string) =>
    context.call({ ...EVENT, eventName, eventData }, { account });

  it('drop the very first data point of another type, and are told with what declares them', async () => {
    await send({ Price: '39.80', 'Old Coupon': 7, Size: 'M', 'Delivery By': DELIVERY });
    await send({ Size: 42 });
    expect(messages()).toEqual([
      'eventData["Price"] is a String, but AddedToCart declares it a Number',
      'eventData["Old Coupon"] is a Number, but webengage.lock.json says it is a String',
      'eventData["Size"] is a Number, but the first data point made this attribute a String',
    ]);
    const [first, second] = context.sandbox.events();
    expect(first.kept).toEqual({ Size: 'M', 'Delivery By': DELIVERY });
    expect(first.dropped[0]).toMatchObject({
      rule: 'typeConflict',
      lockedType: 'Number',
      fix: 'Send a Number, or give what is a String now an attribute name of its own: a type never changes.',
    });
    expect(second.dropped[0]?.fix).toMatch(/^Send a String again, or /);
  });

  it('are listed with what declares them, and with what conflicted', async () => {
    await send({ Price: 'x', Size: 'M' });
    expect(context.sandbox.types()).toEqual([
      {
        licenseCode: '~abc',
        eventName: 'Added to Cart',
        classNames: ['AddedToCart'],
        attributes: [
          {
            name: 'Price',
            type: 'Number',
            source: 'event class',
            declaredBy: 'AddedToCart.price',
            conflicts: { String: 1 },
          },
          {
            name: 'Product ID',
            type: 'Number',
            source: 'lock file',
            declaredBy: 'webengage.lock.json',
            conflicts: {},
          },
          {
            name: 'Old Coupon',
            type: 'String',
            source: 'lock file',
            declaredBy: 'webengage.lock.json',
            conflicts: {},
          },
          {
            name: 'Delivery By',
            type: 'Date',
            source: 'event class',
            declaredBy: 'AddedToCart.deliveryBy',
            conflicts: {},
          },
          { name: 'Size', type: 'String', source: 'first data point', since: context.time, conflicts: {} },
        ],
        perType: { Number: 2, String: 2, Date: 1 },
        refused: {},
      },
      expect.objectContaining({ eventName: 'Order Shipped', classNames: [], perType: { String: 1 } }),
    ]);
  });

  it('hold in every account, and apart', async () => {
    await send({ Price: 'x' });
    await send({ Price: 'x' }, 'Added to Cart', '~two');
    await send({ Carrier: 7 }, 'Order Shipped', '~two');
    expect(messages()).toHaveLength(3);
    const conflicts = context.sandbox.types().map(({ licenseCode, eventName, attributes }) => {
      return [licenseCode, eventName, attributes[0]?.conflicts];
    });
    expect(conflicts).toEqual([
      ['~abc', 'Added to Cart', { String: 1 }],
      ['~abc', 'Order Shipped', {}],
      ['~two', 'Added to Cart', { String: 1 }],
      ['~two', 'Order Shipped', { Number: 1 }],
    ]);
  });

  it('hold again after a reset, with no conflict yet', async () => {
    await send({ Price: 'x' });
    context.sandbox.reset();
    expect(context.sandbox.types()).toEqual([]);
    await send({ Price: 'x' });
    expect(messages()).toHaveLength(1);
    expect(context.sandbox.types()[0]?.attributes[0]?.conflicts).toEqual({ String: 1 });
  });

  it('of the only account are listed before its first call', async () => {
    await context.start({ licenseCode: '~mine', lockFile: LOCK_FILE });
    const listed = context.sandbox.types().map(({ licenseCode, eventName }) => [licenseCode, eventName]);
    expect(listed).toEqual([
      ['~mine', 'Added to Cart'],
      ['~mine', 'Order Shipped'],
    ]);
    expect(context.sandbox.snapshot().quota).toEqual([]);
  });

  it('are those of the lock file where a class disagrees', async () => {
    await context.start({ catalog: [AnotherAddedToCart], lockFile: LOCK_FILE });
    await send({ Price: 'x', Size: 7 });
    expect(messages()).toEqual([
      'eventData["Price"] is a String, but webengage.lock.json says it is a Number',
      'eventData["Size"] is a Number, but AnotherAddedToCart declares it a String',
    ]);
    expect(context.sandbox.types()[0]?.classNames).toEqual(['AddedToCart', 'AnotherAddedToCart']);
  });

  it('count among the 25 of their type', async () => {
    const numbers = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`Number ${index}`, index]));
    await send(numbers);
    expect(messages()).toEqual([
      'eventData["Number 23"] is one too many: the event "Added to Cart" has 25 attributes of type Number already',
    ]);
    expect(context.sandbox.types()[0]).toMatchObject({ perType: { Number: 25 }, refused: { Number: 1 } });
  });

  it('beyond 25 of their type are not locked: WebEngage has no room for them either', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 26 }, (_, index) => [`Number ${index}`, 'Number' as const]),
    );
    const lockFile = { version: 1, events: { Measured: { attributes } } } as const;
    const declared = declareTypes([], { name: 'webengage.lock.json', lockFile });
    expect([...(declared.get('Measured')?.attributes.keys() ?? [])]).toEqual(Object.keys(attributes).slice(0, 25));
  });

  it('give an event the name of its class, whatever becomes of it', async () => {
    await send({ Price: 1 });
    await send({ Carrier: 'x' }, 'Order Shipped');
    await context.call({ eventName: 'Added to Cart' });
    await context.call('{');
    expect(context.sandbox.events().map(({ classNames }) => classNames)).toEqual([['AddedToCart'], undefined]);
    expect(context.sandbox.arrivals().map(({ classNames }) => classNames)).toEqual([
      ['AddedToCart'],
      undefined,
      ['AddedToCart'],
      undefined,
    ]);
    const { body } = await context.ask('GET', '/api/events?text=addedtocart');
    expect(body.events).toHaveLength(2);
  });

  it('are refused with all that is wrong with them', async () => {
    class NoEvent {}
    const wrong = { catalog: [NoEvent, 7], lockFile: `${LOCK_FILE}.none` } as unknown as SandboxOptions;
    const error = await context.start(wrong).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    const { message, problems } = error as ConfigurationError;
    expect(message).toMatch(/^The sandbox is configured wrongly:/);
    expect(problems).toEqual([
      { option: 'NoEvent', message: expect.stringContaining('@WebEngageEvent()') as unknown },
      { option: 'catalog[1]', message: expect.stringContaining('a Number') as unknown },
      { option: 'lockFile', message: expect.stringContaining(`${LOCK_FILE}.none `) as unknown },
    ]);
    const noArray = { catalog: AddedToCart, lockFile: '' } as unknown as SandboxOptions;
    await expect(context.start(noArray)).rejects.toMatchObject({
      problems: [{ option: 'catalog' }, { option: 'lockFile' }],
    });
    await context.start();
  });
});
