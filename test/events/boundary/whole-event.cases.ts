import { runInNewContext } from 'node:vm';
import { accepted, type BoundaryCase, eventWith, refused, TIME, violated } from './boundary-case.js';

const NO_USER = violated('userId', 'required', 'or anonymousId is mandatory');
const NO_NAME = violated('eventName', 'required', 'is mandatory');

const NO_OBJECTS: readonly [label: string, event: unknown, actual: string][] = [
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a String', '{"userId":"johndoe","eventName":"Viewed"}', 'a String'],
  ['a number', 42, 'a Number'],
  ['NaN', NaN, 'NaN'],
  ['a boolean', true, 'a Boolean'],
  ['a bigint', 1n, 'a bigint'],
  ['a symbol', Symbol('s'), 'a symbol'],
  ['a function', () => eventWith({}), 'a function'],
];

export const wholeEventCases: readonly BoundaryCase[] = [
  ...NO_OBJECTS.map(([label, event, actual]) =>
    refused(
      `${label} as event`,
      () => event,
      violated('event', 'type', 'must be an object', `is ${actual}`),
      NO_USER,
      NO_NAME,
    ),
  ),
  ...(
    [
      ['an empty object', () => ({})],
      ['an array', () => [eventWith({})]],
      ['a Date', () => new Date()],
      ['a Map', () => new Map(Object.entries(eventWith({})))],
      ['a Promise of an event', () => Promise.resolve(eventWith({}))],
      ['an object without a prototype', () => Object.create(null)],
      ['misspelled fields', () => ({ userid: 'johndoe', EventName: 'Viewed' })],
    ] as const
  ).map(([label, event]) => refused(`${label} as event`, event, NO_USER, NO_NAME)),
  accepted("WebEngage's documented example", () => ({
    userId: 'johndoe',
    eventName: 'Added to Cart',
    eventTime: '2018-09-15T18:29:00-0800',
    eventData: {
      'Product ID': 1337,
      Price: 39.8,
      Quantity: 1,
      Product: 'Givenchy Pour Homme Cologne',
      Category: 'Fragrance',
      Currency: 'USD',
    },
  })),
  accepted('an event without a prototype', () =>
    Object.assign(Object.create(null), eventWith({ eventData: { a: 1 } })),
  ),
  accepted('a class instance as event', () => Object.assign(new (class Signup {})(), eventWith({}))),
  accepted("another realm's event", () =>
    runInNewContext(`({ userId: 'u', eventName: 'n', eventTime: '${TIME}', eventData: { a: [{ b: 1 }] } })`),
  ),
  accepted('a frozen event', () => Object.freeze(eventWith({ eventData: Object.freeze({ a: 1 }) }))),
  accepted(
    'unknown fields, and leaves them out',
    () => eventWith({ userid: 1, eventdata: { we_: null }, attributes: Symbol('s'), toJSON: () => 'gone' }),
    () => eventWith({}),
  ),
  accepted(
    'fields with names that every object inherits, and leaves them out',
    () =>
      JSON.parse(
        `{"__proto__":{"userId":"proto"},"constructor":1,"toString":2,${JSON.stringify(eventWith({})).slice(1)}`,
      ),
    () => eventWith({}),
  ),
  refused(
    'everything at once, for every reason',
    () => ({
      userId: '',
      anonymousId: 'a'.repeat(101),
      eventName: `we_${'x'.repeat(50)}`,
      eventTime: '2018-02-30T00:00:00Z',
      eventData: { '': 1, we_a: null, Text: 'x'.repeat(1000), Item: { list: [undefined, NaN] }, When: new Date(NaN) },
    }),
    violated('userId', 'blank', 'is empty'),
    violated('anonymousId', 'length', '100', '101'),
    violated('eventName', 'length', '50', '53'),
    violated('eventName', 'reservedPrefix', 'we_'),
    violated('eventTime', 'dateFormat', '2018-02-30T00:00:00Z'),
    violated('eventData[""]', 'blank', 'is empty'),
    violated('eventData["we_a"]', 'reservedPrefix'),
    violated('eventData["we_a"]', 'dataType', 'null'),
    violated('eventData["Text"]', 'length', '1000'),
    violated('eventData["Item"]["list"][0]', 'dataType', 'undefined'),
    violated('eventData["Item"]["list"][1]', 'dataType', 'NaN'),
    violated('eventData["When"]', 'dateFormat', 'valid Date'),
  ),
];
