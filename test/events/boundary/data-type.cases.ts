import { EventEmitter } from 'node:events';
import { runInNewContext } from 'node:vm';
import { accepted, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

class Money {
  amount = 5;
}

/** What WebEngage has no data type for, and what the message calls it. */
const FOREIGN: readonly [label: string, make: () => unknown, actual: string][] = [
  ['null', () => null, 'null'],
  ['NaN', () => NaN, 'NaN'],
  ['Infinity', () => Infinity, 'Infinity'],
  ['-Infinity', () => -Infinity, '-Infinity'],
  ['a bigint', () => 1n, 'a bigint'],
  ['a function', () => () => 1, 'a function'],
  ['a class', () => Money, 'a function'],
  ['a symbol', () => Symbol('s'), 'a symbol'],
  ['a Map', () => new Map([['a', 1]]), 'an instance of Map'],
  ['a Set', () => new Set([1]), 'an instance of Set'],
  ['a WeakMap', () => new WeakMap(), 'an instance of WeakMap'],
  ['a class instance', () => new Money(), 'an instance of Money'],
  ['an object that inherits from another', () => Object.create({ inherited: 1 }), 'an Object'],
  ['a boxed String', () => new String('s'), 'an instance of String'],
  ['a boxed Number', () => new Number(1), 'an instance of Number'],
  ['a boxed Boolean', () => new Boolean(false), 'an instance of Boolean'],
  ['a boxed bigint', () => Object(1n), 'an instance of BigInt'],
  ['a boxed symbol', () => Object(Symbol('s')), 'an instance of Symbol'],
  ['a Buffer', () => Buffer.from('b'), 'an instance of Buffer'],
  ['a typed array', () => new Uint8Array(1), 'an instance of Uint8Array'],
  ['an ArrayBuffer', () => new ArrayBuffer(1), 'an instance of ArrayBuffer'],
  ['a URL', () => new URL('https://webengage.com'), 'an instance of URL'],
  ['a RegExp', () => /x/, 'an instance of RegExp'],
  ['an Error', () => new Error('no'), 'an instance of Error'],
  ['a Promise', () => Promise.resolve(1), 'an instance of Promise'],
  ['a Proxy of a Date', () => new Proxy(new Date(0), {}), 'an instance of Date'],
  ['what only pretends to be a Date', () => Object.create(Date.prototype), 'an instance of Date'],
  ["another realm's Map", () => runInNewContext('new Map()'), 'an instance of Map'],
  ["another realm's class instance", () => runInNewContext('new (class Foreign {})()'), 'an instance of Foreign'],
  ['an EventEmitter', () => new EventEmitter(), 'an instance of EventEmitter'],
];

export const foreignCases: readonly BoundaryCase[] = FOREIGN.flatMap(([label, make, actual]) => {
  const says = ['must be a String, Number, Boolean, Date, JSON Array or JSON Object', `but is ${actual}`];
  return [
    refused(
      `${label} as attribute`,
      () => eventWith({ eventData: { Good: 1, Value: make() } }),
      violated('eventData["Value"]', 'dataType', ...says),
    ),
    refused(
      `${label} in an array`,
      () => eventWith({ eventData: { Items: ['good', [make()]] } }),
      violated('eventData["Items"][1][0]', 'dataType', ...says),
    ),
    refused(
      `${label} in an object`,
      () => eventWith({ eventData: { Item: { sku: { code: make() } } } }),
      violated('eventData["Item"]["sku"]["code"]', 'dataType', ...says),
    ),
  ];
});

const withValue = (make: () => unknown) => () => eventWith({ eventData: { Value: make() } });

const GOOD: readonly [label: string, make: () => unknown, sent?: unknown][] = [
  ['an empty String', () => ''],
  ['a String of 999 characters', () => 'x'.repeat(999)],
  ['a String of 499 emoji', () => '😀'.repeat(499)],
  ['a long String within an array', () => ['x'.repeat(1000)]],
  ['a long String within an object', () => ({ text: 'x'.repeat(5000) })],
  ['a String with every kind of character', () => '"\\/\b\f\n\r\t\u0000\u001f\u2028\u2029é😀\ud800'],
  ['the number 0', () => 0],
  ['minus zero, which JSON writes as 0', () => -0, 0],
  ['the largest number', () => Number.MAX_VALUE],
  ['the smallest number', () => Number.MIN_VALUE],
  ['the largest safe whole number', () => Number.MAX_SAFE_INTEGER],
  ['a fraction', () => 39.8],
  ['true', () => true],
  ['false', () => false],
  ['an empty array', () => []],
  ['an empty object', () => ({})],
  [
    'values of all types within one object',
    () => ({ s: 'x', n: 1, b: true, d: '2018-02-30', a: [1, 'x'], o: { p: {} } }),
  ],
  [
    '26 values of one type within one object',
    () => Object.fromEntries(Array.from({ length: 26 }, (_, i) => [`k${i}`, i])),
  ],
  ['an object without a prototype', () => Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ['an object whose prototype has none', () => Object.assign(Object.create(Object.create(null)), { a: 1 }), { a: 1 }],
  ['no inherited values', () => Object.create(Object.assign(Object.create(null), { inherited: 1 })), {}],
  ["another realm's object", () => runInNewContext('({ a: [1, { b: "x" }] })'), { a: [1, { b: 'x' }] }],
  ["another realm's array", () => runInNewContext('[1, [2], {}]'), [1, [2], {}]],
  ["another realm's Date", () => runInNewContext('new Date(999)'), '1970-01-01T00:00:00+0000'],
  ["another realm's Date within its array", () => runInNewContext('[new Date(0)]'), ['1970-01-01T00:00:00+0000']],
  ['an instance of a subclass of Array', () => class Items extends Array {}.from([1, 2]), [1, 2]],
  ['an array with names of its own, which JSON leaves out', () => Object.assign([1], { extra: 2 }), [1]],
  ['an object with symbols, which JSON leaves out', () => ({ a: 1, [Symbol('s')]: () => 1 }), { a: 1 }],
  ['what is not enumerable, by leaving it out', () => Object.defineProperty({}, 'hidden', { value: null }), {}],
  ['a frozen object', () => Object.freeze({ a: Object.freeze([1]) })],
  ['a Date', () => new Date('2018-09-15T18:29:00Z'), '2018-09-15T18:29:00+0000'],
  ['a Date with milliseconds, which are cut', () => new Date(1_999), '1970-01-01T00:00:01+0000'],
  ['a Date before 1970 with milliseconds', () => new Date(-1), '1969-12-31T23:59:59+0000'],
  ['a Date in the year 0', () => new Date('0000-01-01T00:00:00Z'), '0000-01-01T00:00:00+0000'],
  ['the last Date of the year 9999', () => new Date(253_402_300_799_999), '9999-12-31T23:59:59+0000'],
  ['a Date deep in a value', () => ({ a: [{ b: new Date(0) }] }), { a: [{ b: '1970-01-01T00:00:00+0000' }] }],
  ['a documented time as it is', () => '2018-09-15T18:29:00-0800'],
  ['a time in another format as it is', () => '2018-09-15T18:29:00.000Z'],
  ['an impossible date as the String that it is', () => '2018-02-30T00:00:00-0800'],
];

export const attributeValueCases: readonly BoundaryCase[] = [
  ...GOOD.map(([label, make, ...sent]) =>
    accepted(label, withValue(make), sent.length > 0 ? withValue(() => sent[0]) : withValue(make)),
  ),
  refused(
    'a String of 1000 characters',
    withValue(() => 'x'.repeat(1000)),
    violated('eventData["Value"]', 'length', 'must be shorter than 1000 characters', 'but has 1000'),
  ),
  refused(
    'a String of 500 emoji, which are 1000 UTF-16 units',
    withValue(() => '😀'.repeat(500)),
    violated('eventData["Value"]', 'length', 'must be shorter than 1000 characters', 'but has 1000'),
  ),
  ...(
    [
      ['an invalid Date', () => new Date(NaN)],
      ["another realm's invalid Date", () => runInNewContext('new Date(NaN)')],
      ['a Date in the year 10000', () => new Date('+010000-01-01T00:00:00Z')],
      ['a Date before the year 0', () => new Date('-000001-12-31T23:59:59Z')],
    ] as const
  ).flatMap(([label, make]) => [
    refused(label, withValue(make), violated('eventData["Value"]', 'dateFormat', 'between the years 0 and 9999')),
    refused(
      `${label} in an array`,
      withValue(() => [make()]),
      violated('eventData["Value"][0]', 'dateFormat', 'valid Date'),
    ),
  ]),
  accepted(
    'an undefined attribute, and leaves it out',
    () => eventWith({ eventData: { Gone: undefined, Price: 1, we_gone: undefined, '': undefined } }),
    () => eventWith({ eventData: { Price: 1 } }),
  ),
  refused(
    'undefined within an object',
    withValue(() => ({ a: undefined })),
    violated('eventData["Value"]["a"]', 'dataType', 'is undefined'),
  ),
  refused(
    'undefined within an array',
    withValue(() => [1, undefined]),
    violated('eventData["Value"][1]', 'dataType', 'is undefined'),
  ),
  refused(
    'holes of an array',
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
    withValue(() => [1, , 3, ,]),
    violated('eventData["Value"][1]', 'dataType', 'is undefined'),
    violated('eventData["Value"][3]', 'dataType', 'is undefined'),
  ),
  refused(
    'a toJSON method, which would speak for the value',
    withValue(() => ({ amount: 5, toJSON: () => 5 })),
    violated('eventData["Value"]["toJSON"]', 'dataType', 'is a function'),
  ),
];
