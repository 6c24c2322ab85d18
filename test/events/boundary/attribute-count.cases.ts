import { accepted, attributes, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

const TIME_TEXT = '2020-02-29T12:00:00+0530';
const IMPOSSIBLE_TIME_TEXT = '2021-02-29T12:00:00+0530';

const TYPES: readonly [type: string, make: (index: number) => unknown][] = [
  ['String', (index) => `text ${index}`],
  ['Number', (index) => index],
  ['Boolean', (index) => index % 2 === 0],
  ['Date', () => TIME_TEXT],
  ['JSON Array', (index) => [index]],
  ['JSON Object', (index) => ({ index })],
];

function ofEachType(count: number): object {
  return Object.assign({}, ...TYPES.map(([type, make]) => attributes(count, make, type))) as object;
}

function tooMany(type: string, count: number) {
  return violated('eventData', 'attributesPerType', `at most 25 attributes of type ${type}`, `but has ${count}`);
}

export const attributeCountCases: readonly BoundaryCase[] = [
  accepted('an event with an empty eventData', () => eventWith({ eventData: {} })),
  ...TYPES.map(([type, make]) =>
    accepted(`25 attributes of type ${type}`, () => eventWith({ eventData: attributes(25, make) })),
  ),
  ...TYPES.map(([type, make]) =>
    refused(`26 attributes of type ${type}`, () => eventWith({ eventData: attributes(26, make) }), tooMany(type, 26)),
  ),
  accepted('25 attributes of each type, which are 150', () => eventWith({ eventData: ofEachType(25) })),
  refused(
    '26 attributes of each type, for six reasons',
    () => eventWith({ eventData: ofEachType(26) }),
    ...TYPES.map(([type]) => tooMany(type, 26)),
  ),
  refused(
    '10,000 Numbers',
    () => eventWith({ eventData: attributes(10_000, (index) => index) }),
    tooMany('Number', 10_000),
  ),
  refused(
    '25 Dates and a String that is one to WebEngage',
    () => eventWith({ eventData: { ...attributes(25, () => new Date(0)), Day: TIME_TEXT } }),
    tooMany('Date', 26),
  ),
  accepted('25 Strings and a String that is a Date to WebEngage', () =>
    eventWith({ eventData: { ...attributes(25, () => 'text'), Day: TIME_TEXT } }),
  ),
  accepted('25 Dates and an impossible one, which is a String', () =>
    eventWith({ eventData: { ...attributes(25, () => TIME_TEXT), Day: IMPOSSIBLE_TIME_TEXT } }),
  ),
  refused(
    '25 Strings and an impossible date, which is one too',
    () => eventWith({ eventData: { ...attributes(25, () => 'text'), Day: IMPOSSIBLE_TIME_TEXT } }),
    tooMany('String', 26),
  ),
  accepted('25 Strings and a date in another format in an array', () =>
    eventWith({ eventData: { ...attributes(25, () => 'text'), Days: ['2021-02-28'] } }),
  ),
  accepted(
    '25 Numbers and any number of undefined attributes',
    () => eventWith({ eventData: { ...attributes(25, () => 1), ...attributes(30, () => undefined, 'Gone') } }),
    () => eventWith({ eventData: attributes(25, () => 1) }),
  ),
  refused(
    '26 Strings that are too long, for both reasons',
    () => eventWith({ eventData: attributes(26, () => 'x'.repeat(1000)) }),
    tooMany('String', 26),
    ...Array.from({ length: 26 }, (_, index) =>
      violated(`eventData["Attribute ${index}"]`, 'length', 'shorter than 1000', 'but has 1000'),
    ),
  ),
  ...(
    [
      ['null', null, 'null'],
      ['an array', [], 'an Array'],
      ['a String', '{"Price":1}', 'a String'],
      ['a number', 1, 'a Number'],
      ['a boolean', true, 'a Boolean'],
      ['a Date', new Date(0), 'a Date'],
      ['a Map', new Map([['Price', 1]]), 'an instance of Map'],
      ['a class instance', new (class Attributes {})(), 'an instance of Attributes'],
      ['a function', () => ({}), 'a function'],
      ['a symbol', Symbol('s'), 'a symbol'],
      ['a Promise', Promise.resolve({}), 'an instance of Promise'],
    ] as const
  ).map(([label, eventData, actual]) =>
    refused(
      `${label} as eventData`,
      () => eventWith({ eventData }),
      violated('eventData', 'type', 'must be a plain object of attributes by name', `but is ${actual}`),
    ),
  ),
];
