/**
 * Events that are all answered with `queued`, and what is silently dropped of them: `field: rule` for the whole event,
 * `eventData["…"]: rule` for an attribute, nothing where all is kept.
 */
export type EventCase = readonly [name: string, change: Readonly<Record<string, unknown>>, ...drops: string[]];

const letters = (count: number) => 'x'.repeat(count);
const attributes = (eventData: unknown) => ({ eventData });
const value = (of: unknown) => attributes({ Value: of });
const numbers = (count: number) =>
  attributes(Object.fromEntries(Array.from({ length: count }, (_, index) => [`Number ${index}`, index])));

const EVENT_TIME = 'eventTime: dateFormat';
const VALUE = 'eventData["Value"]';

export const eventCases: readonly EventCase[] = [
  ['an eventName of 49 characters', { eventName: letters(49) }],
  ['an eventName of 50 characters', { eventName: letters(50) }, 'eventName: length'],
  ['an eventName of 25 astral characters, 50 code units', { eventName: '😀'.repeat(25) }, 'eventName: length'],
  ['a blank eventName', { eventName: ' \t' }, 'eventName: blank'],
  ['an eventName with we_', { eventName: 'we_added' }, 'eventName: reservedPrefix'],
  ['an eventName with We_', { eventName: 'We_added' }],
  ['an eventName with WE_', { eventName: 'WE_added' }],
  ['an eventName that begins with we', { eventName: 'weekly' }],
  ['an eventName with we_ inside', { eventName: 'Hello we_added' }],
  ['the backend name app_installed', { eventName: 'app_installed' }, 'eventName: systemEvent'],
  ['the backend name user_logged_in', { eventName: 'user_logged_in' }, 'eventName: systemEvent'],
  ['the backend name email_open', { eventName: 'email_open' }, 'eventName: systemEvent'],
  ['the backend name rcs_read', { eventName: 'rcs_read' }, 'eventName: systemEvent'],
  ['a backend name in other letters', { eventName: 'Email_Open' }],
  ['the dashboard name App Installed', { eventName: 'App Installed' }],
  ['the dashboard name Email Open', { eventName: 'Email Open' }],

  ['a userId of 100 characters', { userId: letters(100) }],
  ['a userId of 101 characters', { userId: letters(101) }, 'userId: length'],
  ['a blank userId', { userId: '  ' }, 'userId: blank'],
  ['an anonymousId of 100 characters', { userId: undefined, anonymousId: letters(100) }],
  ['an anonymousId of 101 characters', { userId: undefined, anonymousId: letters(101) }, 'anonymousId: length'],
  ['a blank anonymousId', { userId: undefined, anonymousId: '  ' }, 'anonymousId: blank'],
  ['an anonymousId of 101 characters that a userId outdoes', { anonymousId: letters(101) }],

  ['the documented time', { eventTime: '2018-09-15T18:29:00-0800' }],
  ['a time in UTC', { eventTime: '2018-09-15T18:29:00+0000' }],
  ['a leap day', { eventTime: '2024-02-29T00:00:00+0530' }],
  ['no leap day', { eventTime: '2023-02-29T00:00:00+0530' }, EVENT_TIME],
  ['a 24th hour', { eventTime: '2018-09-15T24:00:00+0000' }, EVENT_TIME],
  ['a time with Z', { eventTime: '2018-09-15T18:29:00Z' }, EVENT_TIME],
  ['a time with milliseconds', { eventTime: '2018-09-15T18:29:00.000-0800' }, EVENT_TIME],
  ['a time with a colon in its offset', { eventTime: '2018-09-15T18:29:00-08:00' }, EVENT_TIME],
  ['a time without an offset', { eventTime: '2018-09-15T18:29:00' }, EVENT_TIME],
  ['a day alone', { eventTime: '2018-09-15' }, EVENT_TIME],
  ['an empty time', { eventTime: '' }, EVENT_TIME],
  ['a Number as time', { eventTime: 1537064940000 }, EVENT_TIME],
  ['null as time', { eventTime: null }, EVENT_TIME],

  ['an attribute name of 49 characters', attributes({ [letters(49)]: 1 })],
  ['an attribute name of 50 characters', attributes({ [letters(50)]: 1 }), `eventData["${letters(50)}"]: length`],
  ['an attribute name with we_', attributes({ we_price: 1 }), 'eventData["we_price"]: reservedPrefix'],
  ['an attribute name with We_', attributes({ We_price: 1 })],
  ['an empty attribute name', attributes({ '': 1 }), 'eventData[""]: blank'],
  ['a blank attribute name', attributes({ ' ': 1 }), 'eventData[" "]: blank'],
  ['a name of an object’s own', attributes({ constructor: 1, toString: 'x', hasOwnProperty: true })],
  ['a String of 999 characters', value(letters(999))],
  ['a String of 1000 characters', value(letters(1000)), `${VALUE}: length`],
  ['an empty String', value('')],
  ['null', value(null), `${VALUE}: dataType`],
  ['a Number, a Boolean and a Date', attributes({ Price: 39.8, Paid: true, Due: '2018-09-15T18:29:00-0800' })],
  ['an array', value([1, 'two', { three: 3 }])],
  ['an empty array and an empty object', attributes({ List: [], Map: {} })],
  ['null in an array', value([1, null]), `${VALUE}[1]: dataType`],
  ['null in an object', value({ sku: null }), `${VALUE}["sku"]: dataType`],
  ['an object of several types', value({ sku: 'a', price: 1, inStock: true, tags: ['x'], maker: { name: 'y' } })],
  ['a String of 1000 characters in an object', value({ text: letters(1000) })],
  ['names in an object that would be wrong outside', value({ we_sku: 1, '': 2, [letters(60)]: 3 })],
  ['one bad attribute beside a good one', attributes({ Price: 1, Note: null }), 'eventData["Note"]: dataType'],
  ['25 Numbers', numbers(25)],
  ['26 Numbers', numbers(26), 'eventData["Number 25"]: attributesPerType'],
];
