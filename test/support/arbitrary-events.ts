import fc from 'fast-check';
import { SYSTEM_EVENTS } from './system-event-names.js';

/** Events with whatever in their fields; many are valid, and most of the others are wrong in few places. */
export type AnyEvent = Record<string, unknown>;

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 60 }));
const inheritedNames = [
  'toString',
  'valueOf',
  'hasOwnProperty',
  'constructor',
  '__proto__',
  'prototype',
  'toJSON',
  'then',
];

function textOf(...lengths: number[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('x', 'é', '😀', ' '))
    .map(([length, unit]) => unit.repeat(length).slice(0, length));
}

function visible(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return text.map((found) => (found.trim() === '' ? `${found}x` : found));
}

const validName = visible(
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 2, arbitrary: anyText.map((text) => text.slice(0, 48)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x'.repeat(49), '😀'.repeat(24), 'we', 'WE_x', ' we_x', '0', 'length', 'Price'),
    },
    { weight: 1, arbitrary: fc.constantFrom(...inheritedNames) },
  ),
).filter((name) => !name.startsWith('we_') && !SYSTEM_EVENTS.includes(name));

const anyName = fc.oneof(
  { weight: 6, arbitrary: validName },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\u3000', 'we_', 'we_x', `we_${'x'.repeat(50)}`) },
  { weight: 1, arbitrary: textOf(49, 50, 51, 500) },
);

const validIdentifier = visible(
  fc.oneof(
    fc.string(),
    anyText.map((text) => text.slice(0, 99)),
    fc.constant('u'.repeat(100)),
  ),
);
const anyIdentifier = fc.oneof(
  { weight: 8, arbitrary: validIdentifier },
  { weight: 1, arbitrary: textOf(0, 1, 100, 101) },
  { weight: 1, arbitrary: fc.constantFrom(null, 0, 7, '', {}, [], true, new String('u')) },
);

const twoDigits = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'));

/** Looks like a time in one of many formats. Many are no real times. */
export const timeLikeText = fc
  .tuple(
    fc.nat(9999).map((year) => String(year).padStart(4, '0')),
    twoDigits(13),
    twoDigits(32),
    fc.constantFrom('T', 'T', 'T', ' ', 't'),
    twoDigits(24),
    twoDigits(60),
    fc.oneof(
      twoDigits(60).map((second) => `:${second}`),
      fc.constant(''),
    ),
    fc.oneof(
      fc.constant(''),
      fc.constant(''),
      fc.nat().map((fraction) => `.${fraction}`),
    ),
    fc.oneof(
      fc.constantFrom('Z', 'Z', '', '+0000', '-0800', '+05:30', '+05', 'z', '+2400', '+00:60'),
      fc
        .tuple(fc.constantFrom('+', '-'), twoDigits(24), fc.constantFrom('', ':'), twoDigits(60))
        .map((p) => p.join('')),
    ),
  )
  .map(([year, month, day, t, ...time]) => `${year}-${month}-${day}${t}${time[0]}:${time.slice(1).join('')}`);

const yearsOfFourDigits = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') };
const validDate = fc.date({ ...yearsOfFourDigits, noInvalidDate: true });
const validTime = fc.oneof(validDate, fc.constantFrom('2018-09-15T18:29:00-0800', '2020-02-29T23:59:59.5Z'));
const anyTime = fc.oneof(
  { weight: 4, arbitrary: validTime },
  { weight: 3, arbitrary: timeLikeText },
  { weight: 1, arbitrary: fc.date() },
  { weight: 1, arbitrary: fc.constantFrom<unknown[]>(null, 0, '', 'yesterday', {}, [], true) },
);

/** Anything that JavaScript can hold, with all that fast-check can be told to make. */
export const anything: fc.Arbitrary<unknown> = fc.anything({
  key: fc.oneof(fc.string(), fc.constantFrom(...inheritedNames)),
  maxDepth: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});

const foreign = fc.oneof(
  fc.constantFrom<unknown[]>(null, undefined, NaN, Infinity, 1n, Symbol('s'), () => 1, new Map(), /x/, new Date(NaN)),
  anything,
);

const validLeaf = fc.oneof(
  anyText,
  fc.constantFrom('', 'x'.repeat(999), '2018-09-15T18:29:00-0800', '2018-02-30T00:00:00-0800'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  validDate,
);

/** Makes own properties, `__proto__` included, and sometimes an object without a prototype. */
function objectOf(names: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>, maxKeys: number): fc.Arbitrary<object> {
  return fc.tuple(fc.array(fc.tuple(names, value), { maxLength: maxKeys }), fc.boolean()).map(([entries, bare]) => {
    const object = Object.fromEntries(entries);
    return bare ? Object.defineProperties(Object.create(null), Object.getOwnPropertyDescriptors(object)) : object;
  });
}

function valuesOf(leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 9 },
      leaf,
      fc.array(tie('value'), { maxLength: 5 }),
      objectOf(fc.oneof(anyText, fc.constantFrom('', 'we_x', ...inheritedNames)), tie('value'), 5),
    ),
  })).value;
}

const validValue = valuesOf(validLeaf);
const anyValue = fc.oneof(
  { weight: 12, arbitrary: validValue },
  { weight: 1, arbitrary: valuesOf(fc.oneof({ weight: 9, arbitrary: validLeaf }, { weight: 1, arbitrary: foreign })) },
  { weight: 1, arbitrary: textOf(999, 1000, 1001) },
  { weight: 1, arbitrary: foreign },
);

/** More of one type than an event may have, or just as many. */
const manyOfOneType = fc
  .tuple(fc.integer({ min: 24, max: 27 }), fc.oneof(validLeaf, fc.constantFrom<unknown[]>([], {}, undefined)))
  .map(([count, value]) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`Attribute ${index}`, value])),
  );

const anyData = fc.oneof(
  { weight: 8, arbitrary: objectOf(anyName, anyValue, 8) },
  { weight: 4, arbitrary: objectOf(validName, validValue, 8) },
  {
    weight: 2,
    arbitrary: fc.tuple(manyOfOneType, objectOf(validName, validValue, 4)).map(([a, b]) => ({ ...a, ...b })),
  },
  { weight: 1, arbitrary: foreign },
);

const knownFields = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        userId: validIdentifier,
        anonymousId: validIdentifier,
        eventName: validName,
        eventTime: validTime,
        eventData: anyData,
      },
      { requiredKeys: ['eventName', 'userId'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      { userId: anyIdentifier, anonymousId: anyIdentifier, eventName: anyName, eventTime: anyTime, eventData: anyData },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { userId: foreign, anonymousId: foreign, eventName: foreign, eventTime: foreign, eventData: foreign },
      { requiredKeys: [] },
    ),
  },
);

/** Object.assign and class-validator do not take these two for fields like any other. */
const isOrdinaryField = (name: string) => name !== '__proto__' && name !== 'constructor';
const unknownFields = fc.dictionary(fc.string().filter(isOrdinaryField), anything, { maxKeys: 3 });

/** Events of JavaScript values: valid ones, and ones that are wrong somewhere. */
export const anyEvent: fc.Arbitrary<AnyEvent> = fc.oneof(
  { weight: 4, arbitrary: knownFields },
  { weight: 1, arbitrary: fc.tuple(unknownFields, knownFields).map(([more, fields]) => ({ ...more, ...fields })) },
);

/** Events as a request's body brings them: JSON, and nothing that JSON cannot hold. */
export const anyJsonEvent: fc.Arbitrary<AnyEvent> = anyEvent.map((event) => {
  const replacer = (_: string, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function' ? null : value;
  return JSON.parse(JSON.stringify(event, replacer)) as AnyEvent;
});

/** Events that keep every rule. */
export const validEvent: fc.Arbitrary<AnyEvent> = fc.record(
  {
    userId: validIdentifier,
    anonymousId: validIdentifier,
    eventName: validName,
    eventTime: validTime,
    eventData: objectOf(validName, validValue, 6),
  },
  { requiredKeys: ['userId', 'eventName'] },
);
