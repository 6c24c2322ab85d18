import { accepted, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';
import { revoked, thrower, trapped, unreadable } from './hostile-values.js';

const FIELDS = ['userId', 'anonymousId', 'eventName', 'eventTime', 'eventData'];

const withData = (make: () => unknown) => () => eventWith({ eventData: make() });
const withValue = (make: () => unknown) => withData(() => ({ Before: 1, Value: make(), After: 'x' }));

export const proxyCases: readonly BoundaryCase[] = [
  refused(
    'an event whose get trap throws',
    () => trapped(eventWith({}), 'get'),
    ...FIELDS.map((field) => unreadable(field, 'Error: trapped')),
  ),
  refused(
    'a revoked Proxy as event',
    () => revoked(eventWith({})),
    ...FIELDS.map((field) => unreadable(field, 'TypeError')),
  ),
  accepted(
    'an event whose names cannot be listed',
    () => trapped(eventWith({}), 'ownKeys'),
    () => eventWith({}),
  ),
  accepted(
    'an event of which nothing but its fields can be read',
    () => trapped(eventWith({}), 'ownKeys', 'getPrototypeOf', 'has', 'getOwnPropertyDescriptor', 'isExtensible'),
    () => eventWith({}),
  ),
  accepted('a transparent Proxy as event', () => new Proxy(eventWith({ eventData: { a: 1 } }), {})),
  accepted(
    'a Proxy that invents every field',
    () => new Proxy({}, { get: (_, field) => eventWith({})[field as string] }),
    () => eventWith({}),
  ),
  ...(['ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const).flatMap((trap) => [
    refused(
      `eventData whose ${trap} trap throws`,
      withData(() => trapped({ Price: 1 }, trap)),
      unreadable('eventData', 'Error: trapped'),
    ),
    refused(
      `an attribute whose ${trap} trap throws`,
      withValue(() => trapped({ price: 1 }, trap)),
      unreadable('eventData["Value"]', 'Error: trapped'),
    ),
  ]),
  refused(
    'eventData whose get trap throws, once for each attribute',
    withData(() => trapped({ Price: 1, Category: 'x' }, 'get')),
    unreadable('eventData["Price"]', 'Error: trapped'),
    unreadable('eventData["Category"]', 'Error: trapped'),
  ),
  refused(
    'an attribute whose get trap throws',
    withValue(() => ({ item: trapped({ price: 1 }, 'get') })),
    unreadable('eventData["Value"]["item"]["price"]', 'Error: trapped'),
  ),
  refused(
    'an array whose get trap throws',
    withValue(() => trapped([1], 'get')),
    unreadable('eventData["Value"]', 'Error: trapped'),
  ),
  refused(
    'a revoked Proxy as eventData',
    withData(() => revoked({})),
    unreadable('eventData', 'TypeError'),
  ),
  refused(
    'a revoked Proxy as attribute',
    withValue(() => revoked({})),
    unreadable('eventData["Value"]', 'TypeError'),
  ),
  refused(
    'a revoked Proxy of an array as attribute',
    withValue(() => revoked([])),
    unreadable('eventData["Value"]', 'TypeError'),
  ),
  refused(
    'eventData with a trap that throws a revoked Proxy',
    withData(() => new Proxy({}, { getPrototypeOf: thrower(revoked({})) })),
    unreadable('eventData', 'something unreadable was thrown'),
  ),
  refused(
    'an attribute with a trap that throws a revoked Proxy',
    withValue(() => new Proxy({}, { ownKeys: thrower(revoked({})) })),
    unreadable('eventData["Value"]', 'something unreadable was thrown'),
  ),
  refused(
    'an event whose get trap throws a revoked Proxy',
    () => new Proxy({}, { get: thrower(revoked({})) }),
    ...FIELDS.map((field) => unreadable(field, 'something unreadable was thrown')),
  ),
  refused(
    'a revoked Proxy as userId',
    () => eventWith({ userId: revoked({}) }),
    violated('userId', 'type', 'must be a String', 'an object that cannot be read'),
  ),
  refused(
    'a revoked Proxy as eventTime',
    () => eventWith({ eventTime: revoked(new Date(0)) }),
    violated('eventTime', 'dateFormat', 'an object that cannot be read'),
  ),
  accepted(
    'transparent Proxies of objects and arrays',
    withValue(() => new Proxy({ list: new Proxy([1, new Proxy({ a: 1 }, {})], {}) }, {})),
  ),
  refused(
    'an array that claims an endless length',
    withValue(() => new Proxy([], { get: (array, key) => (key === 'length' ? Infinity : Reflect.get(array, key)) })),
    violated('event', 'eventBytes', 'is larger'),
  ),
  refused(
    'an array whose length is no number',
    withValue(() => new Proxy([], { get: (array, key) => (key === 'length' ? 1n : Reflect.get(array, key)) })),
    unreadable('eventData["Value"]', 'TypeError'),
  ),
  refused(
    'an array whose length cannot be read a third time',
    withValue(() => withLengths(2, 2)),
    unreadable('eventData["Value"]', 'Error: trapped'),
  ),
  refused(
    'a Proxy of a class instance',
    withValue(() => new Proxy(new (class Cart {})(), {})),
    violated('eventData["Value"]', 'dataType', 'an instance of Cart'),
  ),
];

/** An array whose length is these numbers, one after the other; afterwards it cannot be read. */
function withLengths(...lengths: number[]): unknown {
  const length = { valueOf: () => lengths.shift() ?? thrower()() };
  return new Proxy([1, 2], { get: (array, key) => (key === 'length' ? length : Reflect.get(array, key)) });
}
