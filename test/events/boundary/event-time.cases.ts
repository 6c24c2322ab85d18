import { runInNewContext } from 'node:vm';
import { accepted, acceptedAndStamped, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

const at = (eventTime: unknown) => () => eventWith({ eventTime });

const AS_IT_IS = [
  '2018-09-15T18:29:00-0800',
  '2018-09-15T18:29:00+0000',
  '2018-09-15T18:29:00-0000',
  '2018-09-15T18:29:00+1400',
  '2018-09-15T18:29:00+2359',
  '2018-09-15T18:29:59+0545',
  '2020-02-29T12:00:00+0000',
  '2000-02-29T12:00:00+0000',
  '0000-01-01T00:00:00+0000',
  '9999-12-31T23:59:59-0000',
  // Hours that a place's clocks skip or repeat: with an offset each of them is a real instant.
  '2018-03-11T02:30:00-0800',
  '2018-03-11T02:30:00-0700',
  '2018-11-04T01:30:00-0700',
  '2018-11-04T01:30:00-0800',
  '2018-03-25T02:30:00+0100',
];

const REWRITTEN: readonly [given: string, sent: string][] = [
  ['2018-09-15T18:29:00Z', '2018-09-15T18:29:00+0000'],
  ['2018-09-15T18:29:00+05:30', '2018-09-15T18:29:00+0530'],
  ['2018-09-15T18:29:00-08:00', '2018-09-15T18:29:00-0800'],
  ['2018-09-15T18:29:00+05', '2018-09-15T18:29:00+0500'],
  ['2018-09-15T18:29:00.999Z', '2018-09-15T18:29:00+0000'],
  ['2018-09-15T18:29:00,5+05:30', '2018-09-15T18:29:00+0530'],
  ['2018-09-15T18:29:00.123456789-0800', '2018-09-15T18:29:00-0800'],
  ['2018-09-15T18:29Z', '2018-09-15T18:29:00+0000'],
  ['2018-09-15T18:29+05:30', '2018-09-15T18:29:00+0530'],
  ['2018-09-15T18:29+0530', '2018-09-15T18:29:00+0530'],
  ['2020-02-29T23:59:59.999Z', '2020-02-29T23:59:59+0000'],
  ['2018-03-11T02:30:00-08:00', '2018-03-11T02:30:00-0800'],
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00+0000'],
];

const UNREAL = [
  '2018-09-15T18:29:00',
  '2018-09-15T18:29:00.000',
  '2018-09-15',
  '2018-09',
  '18:29:00Z',
  '2018-09-15 18:29:00-0800',
  '2018-09-15t18:29:00z',
  '2018-02-30T00:00:00-0800',
  '2018-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2018-04-31T00:00:00Z',
  '2018-00-10T00:00:00Z',
  '2018-13-10T00:00:00Z',
  '2018-09-00T00:00:00Z',
  '2018-09-15T24:00:00Z',
  '2018-09-15T24:00:00+0000',
  '2018-09-15T18:60:00Z',
  '2016-12-31T23:59:60Z',
  '2016-12-31T23:59:60+0000',
  '2018-09-15T18:29:00+2400',
  '2018-09-15T18:29:00+0060',
  '2018-09-15T18:29:00+5:30',
  '2018-09-15T18:29:00 +0530',
  '2018-09-15T18:29:00-0800 ',
  ' 2018-09-15T18:29:00-0800',
  '2018-09-15T18:29:00-0800\n',
  '2018-9-15T18:29:00-0800',
  '+002018-09-15T18:29:00Z',
  '12018-09-15T18:29:00Z',
  '2018-09-15T18:29:00.Z',
  '２０１８-09-15T18:29:00Z',
  'Sat, 15 Sep 2018 18:29:00 GMT',
  '1537064940000',
  'yesterday',
  '',
];

const DATES: readonly [label: string, date: () => unknown, sent: string][] = [
  ['a Date', () => new Date('2018-09-16T02:29:00Z'), '2018-09-16T02:29:00+0000'],
  ['a Date with milliseconds, which are cut', () => new Date('2018-09-16T02:29:00.999Z'), '2018-09-16T02:29:00+0000'],
  ['a Date before 1970 with milliseconds', () => new Date(-1), '1969-12-31T23:59:59+0000'],
  ['a Date in the year 0', () => new Date('0000-01-01T00:00:00Z'), '0000-01-01T00:00:00+0000'],
  ['the last Date of the year 9999', () => new Date('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59+0000'],
  ["another realm's Date", () => runInNewContext('new Date(0)'), '1970-01-01T00:00:00+0000'],
  ['an instance of a subclass', () => new (class Moment extends Date {})(0), '1970-01-01T00:00:00+0000'],
  ['a Date that misrepresents itself', () => lyingDate(), '1970-01-01T00:00:00+0000'],
];

export const eventTimeCases: readonly BoundaryCase[] = [
  acceptedAndStamped('no eventTime, and stamps the time of acceptance', at(undefined)),
  ...AS_IT_IS.map((time) => accepted(`${time} as it is`, at(time))),
  ...REWRITTEN.map(([given, sent]) => accepted(`${given} and sends ${sent}`, at(given), at(sent))),
  ...DATES.map(([label, date, sent]) => accepted(label, () => eventWith({ eventTime: date() }), at(sent))),
  ...UNREAL.map((time) =>
    refused(
      `${JSON.stringify(time)} as eventTime`,
      at(time),
      violated('eventTime', 'dateFormat', `is ${JSON.stringify(time)}`),
    ),
  ),
  ...(
    [
      ['an invalid Date', new Date(NaN), 'a Date that is invalid or outside the years 0 to 9999'],
      [
        'a Date in the year 10000',
        new Date('+010000-01-01T00:00:00Z'),
        'a Date that is invalid or outside the years 0 to 9999',
      ],
      [
        'a Date before the year 0',
        new Date('-000001-12-31T23:59:59Z'),
        'a Date that is invalid or outside the years 0 to 9999',
      ],
      ['null', null, 'null'],
      ['a number', 1_537_064_940_000, 'a Number'],
      ['NaN', NaN, 'NaN'],
      ['a boolean', true, 'a Boolean'],
      ['a bigint', 1n, 'a bigint'],
      ['a symbol', Symbol('now'), 'a symbol'],
      ['a function', () => new Date(), 'a function'],
      ['an object', { toISOString: () => '2018-09-15T18:29:00.000Z' }, 'an Object'],
      ['an array', ['2018-09-15T18:29:00-0800'], 'an Array'],
      ['a boxed String', new String('2018-09-15T18:29:00-0800'), 'an instance of String'],
      ['what only pretends to be a Date', Object.create(Date.prototype), 'an instance of Date'],
      ['a Proxy of a Date', new Proxy(new Date(), {}), 'an instance of Date'],
    ] as const
  ).map(([label, time, actual]) =>
    refused(`${label} as eventTime`, at(time), violated('eventTime', 'dateFormat', `but is ${actual}`)),
  ),
  refused(
    'a million digits as eventTime, without repeating them',
    at('1'.repeat(1_000_000)),
    violated('eventTime', 'dateFormat', `is "${'1'.repeat(60)}…"`),
  ),
];

function lyingDate(): Date {
  const wrong = () => 4_102_444_800_000;
  return Object.assign(new Date(0), { getTime: wrong, valueOf: wrong, toISOString: () => 'never', toJSON: () => null });
}
