import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { Max } from 'class-validator';
import {
  EventAttribute,
  EventClass,
  EventsService,
  getEventsToken,
  TrackEvent,
  WebEngageEvent,
  WebEngageModule,
} from 'nestjs-webengage';
import { counts, credentials, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

class Item {
  @EventAttribute('SKU', String) sku!: string;
}

@WebEngageEvent('Added to Cart')
class AddedToCart extends EventClass<AddedToCart> {
  @EventAttribute('Product ID', Number) productId!: number;
  @EventAttribute('Price', Number) @Max(1000) price!: number;
  @EventAttribute('Items', [Item], { optional: true }) items?: Item[];
}

@WebEngageEvent('Looked')
class Looked extends EventClass<Looked> {
  @EventAttribute('Page', String, { optional: true }) page?: string;
}

/** No event class, though it looks like one. */
class Undecorated {
  @EventAttribute('Page', String) page!: string;
}

const LINE = { productId: 1337, price: 39.8, items: [{ sku: 'cologne' }] };
const later = async <Value>(value: Value): Promise<Value> => value;

type Track = (track: MethodDecorator) => MethodDecorator;

/** The same handlers, decorated or not. */
function cartController(path: string, Track: Track): Type {
  @Controller(path)
  class Cart {
    @Get('mapper')
    @Track(
      TrackEvent(AddedToCart, {
        userId: '1',
        eventData: ({ result }) => ({ productId: result.productId, price: result.price }),
      }),
    )
    mapper() {
      return LINE;
    }

    @Get('whole') @Track(TrackEvent(AddedToCart, { userId: '1', eventData: ({ result }) => result })) async whole() {
      return later(LINE);
    }

    @Get('instance')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => new AddedToCart({ productId: 1, price: 2 }) }))
    instance() {
      return 'made';
    }

    @Get('values') @Track(TrackEvent(AddedToCart, { userId: '1', eventData: { productId: 1, price: 2 } })) values() {
      return 1337;
    }

    @Get('promise')
    @Track(
      TrackEvent(AddedToCart, {
        userId: '1',
        eventData: async ({ result }) => ({ productId: await later(7), price: result.price }),
      }),
    )
    promise() {
      return LINE;
    }

    @Get('optional') @Track(TrackEvent(Looked, { userId: '1' })) optional() {
      return null;
    }

    @Get('conflict')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: { productId: '1' as never, price: 2 } }))
    conflict() {
      return LINE;
    }

    @Get('too-dear')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: { productId: 1, price: 1001 } }))
    tooDear() {
      return { too: 'dear' };
    }

    @Get('missing') @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => ({}) as typeof LINE })) missing() {
      return 'missing';
    }

    @Get('no-object') @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => 'x' as never })) noObject() {
      return 'x';
    }

    @Get('nothing') @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => null })) nothing() {
      return 'nothing';
    }

    @Get('hostile')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => hostile() }))
    hostile() {
      return 'hostile';
    }

    @Get('throws')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: ({ result }) => result.no.such.thing }))
    throws() {
      return 'thrown';
    }

    @Get('rejects')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: () => Promise.reject<never>(new Error('no stock')) }))
    rejects() {
      return 'rejected';
    }

    @Get('undecorated') @Track(TrackEvent(Undecorated, { userId: '1', eventData: { page: '/' } })) undecorated() {
      return 'undecorated';
    }

    @Get('circular') @Track(TrackEvent(undefined as never, { userId: '1' })) circular() {
      return 'circular';
    }

    @Get('twice')
    @Track(TrackEvent(AddedToCart, { userId: '1', eventData: { productId: 1, price: 2 } }))
    @Track(TrackEvent(Looked, { userId: '1', eventData: { page: '/' } }))
    @Track(TrackEvent('Counted', { userId: '1', eventData: { By: 1 } }))
    twice() {
      return 'twice';
    }

    @Get('india') @Track(TrackEvent(Looked, { userId: '1', account: 'india' })) india() {
      return 'india';
    }
  }
  return Cart;
}

function hostile(): never {
  const throwing = () => {
    throw new Error('a trap');
  };
  return new Proxy({}, { get: throwing, ownKeys: throwing }) as never;
}

const plain = cartController('plain', () => () => undefined);
const decorated = cartController('decorated', (track) => track);

const ADDED = { userId: '1', eventName: 'Added to Cart' };
const LOOKED = { userId: '1', eventName: 'Looked' };

expectNoUnobservedErrors();

describe.each(platforms)('@TrackEvent() with a class, on %s', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    const india = WebEngageModule.forRoot({ ...credentials, account: 'india', enabled: false });
    const imports = [india, WebEngageModule.forFeature([AddedToCart, Looked])];
    app = await startTrackedApp(platform, { imports, controllers: [plain, decorated] });
  });

  afterAll(() => app.close());

  it.each<[string, object[]]>([
    ['mapper', [{ ...ADDED, eventData: { 'Product ID': 1337, Price: 39.8 } }]],
    ['whole', [{ ...ADDED, eventData: { 'Product ID': 1337, Price: 39.8, Items: [{ SKU: 'cologne' }] } }]],
    ['instance', [{ ...ADDED, eventData: { 'Product ID': 1, Price: 2 } }]],
    ['values', [{ ...ADDED, eventData: { 'Product ID': 1, Price: 2 } }]],
    ['promise', [{ ...ADDED, eventData: { 'Product ID': 7, Price: 39.8 } }]],
    ['optional', [{ ...LOOKED, eventData: {} }]],
  ])('%s: the handler answers as undecorated, and the event arrives', async (route, events) => {
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));
    expect(expected.status).toBe(200);
    expect(outcome).toEqual({ value: expected, events, counts: counts({ accepted: 1, delivered: 1 }) });
  });

  it.each([
    ['too-dear', 'eventData["Price"] price must not be greater than 1000'],
    ['missing', 'eventData["Product ID"] is mandatory, but AddedToCart.productId has no value'],
    ['no-object', 'eventData must be an object of values by property, but is a String'],
    ['nothing', 'eventData["Product ID"] is mandatory'],
    ['hostile', 'a trap'],
    ['throws', 'Cart.throws'],
    ['rejects', 'no stock'],
  ])('%s: the handler answers as undecorated, and the log says why there is no event', async (route, reason) => {
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));
    expect(expected.status).toBe(200);
    expect(outcome).toEqual({ value: expected, events: [], counts: counts({ refused: 1 }) });
    expect(app.logger.lines.filter(({ text }) => text.includes(reason)).length).toBeGreaterThan(0);
  });

  it.each([
    ['undecorated', 'Undecorated has no @WebEngageEvent()'],
    ['circular', 'its event is undefined: do files import one another in a circle?'],
  ])(
    '%s: the handler answers as undecorated, and one line says what is wrong with the decorator',
    async (route, why) => {
      const expected = await app.get(`plain/${route}`);
      const outcome = await app.outcomeOf(async () => [
        await app.get(`decorated/${route}`),
        await app.get(`decorated/${route}`),
      ]);
      expect(expected.status).toBe(200);
      expect(outcome).toEqual({ value: [expected, expected], events: [], counts: counts({ refused: 2 }) });
      expect(app.logger.lines.filter(({ text }) => text.includes(`Cart.${route}`))).toEqual([
        { level: 'error', text: expect.stringContaining(`@TrackEvent() on Cart.${route} tracks nothing: ${why}`) },
      ]);
    },
  );

  it('a value of another type is left out, and the handler answers as undecorated', async () => {
    const expected = await app.get('plain/conflict');
    const outcome = await app.outcomeOf(() => app.get('decorated/conflict'));
    expect(outcome).toEqual({
      value: expected,
      events: [{ ...ADDED, eventData: { Price: 2 } }],
      counts: counts({ accepted: 1, delivered: 1, typeConflicts: 1 }),
    });
  });

  it('repeated, beside one with a name', async () => {
    const expected = await app.get('plain/twice');
    const outcome = await app.outcomeOf(() => app.get('decorated/twice'));
    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 3, delivered: 3 }));
    expect(outcome.events.map(({ eventName }) => eventName).sort()).toEqual(['Added to Cart', 'Counted', 'Looked']);
  });

  it('of another account', async () => {
    const india = app.app.get<EventsService>(getEventsToken('india'));
    const outcome = await app.outcomeOf(() => app.get('decorated/india'));
    expect(outcome.value).toEqual(await app.get('plain/india'));
    expect(outcome.counts).toEqual(counts({}));
    expect(india.stats().skipped).toBe(1);
  });
});
