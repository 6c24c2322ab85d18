import { HOUR, MINUTE } from './wire.js';

/** One event of a story, and what becomes of it. */
export interface Step {
  readonly eventName?: string;
  readonly account?: string;
  readonly eventData?: Readonly<Record<string, unknown>>;
  /** Repeats the call under this id. */
  readonly requestId?: string;
  /** Milliseconds that pass before. */
  readonly after?: number;
  /** What is dropped of it; all is kept by default. `recognised`: it is not taken in a second time. */
  readonly then?: 'recognised' | readonly string[];
}

export type MemoryCase = readonly [name: string, ...story: Step[]];

const PRICE = ['eventData["Price"]: typeConflict'];
const price = (of: unknown, then?: readonly string[]): Step => ({ eventData: { Price: of }, then });
const manyNumbers = (from: number, to: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`Number ${from + index}`, index]));
const a: Step = { requestId: 'a' };
const declared = (eventData: Step['eventData'], ...names: string[]): Step => ({
  eventData,
  then: names.map((name) => `eventData["${name}"]: typeConflict`),
});

export const memoryCases: readonly MemoryCase[] = [
  ['a Number stays a Number', price(1), price(2.5), price('2.5', PRICE), price(3)],
  ['a String stays a String', price('1'), price(1, PRICE), price('')],
  ['a Boolean stays a Boolean', price(true), price('true', PRICE), price(false)],
  ['a Date stays a Date', price('2018-09-15T18:29:00-0800'), price('yesterday', PRICE)],
  ['a String in another date format is no Date', price('2018-09-15'), price('2018-09-15T18:29:00-0800', PRICE)],
  ['an array stays an array', price([1]), price({ 0: 1 }, PRICE), price(['x'])],
  ['an object stays an object', price({ amount: 1 }), price([1], PRICE), price({ other: 'x' })],
  ['a type is locked for ever', price(1), { ...price('1', PRICE), after: 24 * 365 * HOUR }],
  ['a conflict does not change the type', price(1), price('1', PRICE), price('1', PRICE), price(1)],
  ['a conflict drops one attribute alone', price(1), { eventData: { Price: 'x', Size: 'XL' }, then: PRICE }],
  ['names of attributes are case sensitive', price(1), { eventData: { price: 'x', PRICE: true } }],
  ['types are locked for each event', price(1), { ...price('x'), eventName: 'Viewed' }],
  ['names of events are case sensitive', price(1), { ...price('x'), eventName: 'added to cart' }],
  ['types are locked for each account', price(1), { ...price('x'), account: '~second' }],
  ['null locks nothing', price(null, ['eventData["Price"]: dataType']), price('x')],
  ['a String that is too long locks nothing', price('x'.repeat(1000), ['eventData["Price"]: length']), price(1)],
  [
    'an event that is dropped as a whole locks nothing',
    { ...price(1), eventName: 'we_x', then: ['eventName: reservedPrefix'] },
    { ...price('x'), eventName: 'Viewed' },
  ],
  ['values in an object may change their type', price({ amount: 1 }), price({ amount: 'x' })],
  [
    '25 attributes of one type, over all instances of the event',
    { eventData: manyNumbers(0, 20) },
    { eventData: manyNumbers(20, 25) },
    { eventData: { 'Number 25': 1 }, then: ['eventData["Number 25"]: attributesPerType'] },
    { eventData: { 'Number 0': 7, 'String 0': 'x' } },
    { eventData: { 'Number 25': 'now a String' } },
  ],
  [
    '25 attributes of each type together',
    {
      eventData: { ...manyNumbers(0, 25), ...Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`S${i}`, 'x'])) },
    },
  ],
  [
    '25 attributes of one type in each event',
    { eventData: manyNumbers(0, 25) },
    { eventData: manyNumbers(25, 50), eventName: 'Viewed' },
  ],

  ['a re-attempt at once', a, { ...a, then: 'recognised' }],
  ['a re-attempt just within four hours', a, { ...a, after: 4 * HOUR - 1, then: 'recognised' }],
  ['a re-attempt after four hours', a, { ...a, after: 4 * HOUR }],
  ['four hours count from the ingestion', a, { ...a, after: 3 * HOUR, then: 'recognised' }, { ...a, after: HOUR }],
  ['another id', a, { requestId: 'b' }, { requestId: 'A' }],
  ['no id', {}, {}],
  ['one id in two accounts', a, { ...a, account: '~second' }],
  ['one id with another body', a, { ...a, eventName: 'Viewed', then: 'recognised' }],
  ['a minute that passes', { after: MINUTE }, { after: MINUTE }],
];

/** With a lock file that has `Price` and `Product ID` as Numbers, and `Old Coupon`, which no class declares, as a String. */
export const lockedCases: readonly MemoryCase[] = [
  ['the first data point has the type of the lock file, or is dropped', declared({ Price: '1' }, 'Price'), price(1)],
  ['what no class declares is locked too', declared({ 'Old Coupon': 1, Price: 1 }, 'Old Coupon')],
  [
    'what the lock file does not name is locked by its first data point',
    declared({ Size: 1 }),
    declared({ Size: 'M' }, 'Size'),
  ],
  ['other events are not locked', { ...declared({ Price: '1' }), eventName: 'Viewed' }],
  [
    'every account is locked',
    declared({ Price: '1' }, 'Price'),
    { ...declared({ Price: '1' }, 'Price'), account: '~second' },
  ],
  [
    'what the lock file names counts among the 25 of its type',
    { eventData: manyNumbers(0, 23) },
    { eventData: { 'Number 23': 1 }, then: ['eventData["Number 23"]: attributesPerType'] },
  ],
];
