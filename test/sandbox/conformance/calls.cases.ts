import { EVENT, type Sent } from './wire.js';

/** What is said of a call, the call, and its answer's status; the message only where WebEngage documents it. */
export type CallCase = readonly [name: string, sent: Sent, status: number, message?: string];

const ANONYMOUS = { eventName: 'Added to Cart' };
const BULK = '/v1/accounts/~abc/bulk-events';
const NOBODY = 'Error: userId and anonymousId cannot be empty.';
const events = (count: number) => Array.from({ length: count }, () => EVENT);
const bulk = (list: unknown): Sent => ({ path: BULK, body: { events: list } });
const single = (body: unknown): Sent => ({ body });

export const callCases: readonly CallCase[] = [
  ['a single event', {}, 201],
  ['a single event of the documented example', single(documentedExample()), 201],
  ['a bulk call of one event', bulk(events(1)), 201],
  ['a bulk call of 25 events', bulk(events(25)), 201],
  ['a bulk call of 26 events', bulk(events(26)), 400],
  ['a bulk call of none', bulk([]), 400],
  ['a bulk call without events', { path: BULK, body: {} }, 400],
  ['a bulk call whose events are no array', bulk(EVENT), 400],
  ['a bulk call with one event of nobody', bulk([EVENT, ANONYMOUS]), 400, NOBODY],
  ['a single event on the bulk path', { path: BULK }, 400],

  ['a GET', { method: 'GET' }, 404],
  ['a PUT', { method: 'PUT' }, 404],
  ['a PATCH', { method: 'PATCH' }, 404],
  ['a DELETE', { method: 'DELETE' }, 404],
  ['another license code', { path: '/v1/accounts/~other/events' }, 404],
  ['a license code in other letters', { path: '/v1/accounts/~ABC/events' }, 404],
  ['no license code', { path: '/v1/accounts/events' }, 404],
  ['a path of its own', { path: '/v1/accounts/~abc/event' }, 404],
  ['a slash at the end', { path: '/v1/accounts/~abc/events/' }, 404],
  ['version 2', { path: '/v2/accounts/~abc/events' }, 404],
  ['the root', { path: '/' }, 404],

  ['no Authorization', { headers: { Authorization: '' } }, 401],
  ['a wrong key', { headers: { Authorization: 'Bearer wrong-key' } }, 401],
  ['a key in other letters', { headers: { Authorization: 'Bearer RIGHT-KEY' } }, 401],
  ['a key without a scheme', { headers: { Authorization: 'right-key' } }, 401],
  ['Basic instead of Bearer', { headers: { Authorization: 'Basic right-key' } }, 401],
  ['Bearer without a key', { headers: { Authorization: 'Bearer' } }, 401],
  ['a wrong key and a broken body', { headers: { Authorization: 'Bearer wrong-key' }, body: '{' }, 401],

  ['nobody', single(ANONYMOUS), 400, NOBODY],
  ['empty identifiers', single({ ...ANONYMOUS, userId: '', anonymousId: '' }), 400, NOBODY],
  ['null as userId', single({ ...EVENT, userId: null }), 400],
  ['a Number as userId', single({ ...EVENT, userId: 42 }), 400],
  ['a Number as userId beside an anonymousId', single({ ...EVENT, userId: 42, anonymousId: 'a' }), 400],
  ['a Number as anonymousId', single({ ...EVENT, anonymousId: 42 }), 400],
  ['an Object as userId', single({ ...EVENT, userId: { id: 1 } }), 400],
  ['an anonymousId alone', single({ ...ANONYMOUS, anonymousId: 'visitor' }), 201],
  ['both identifiers', single({ ...EVENT, anonymousId: 'visitor' }), 201],
  ['no eventName', single({ userId: 'johndoe' }), 400],
  ['an empty eventName', single({ ...EVENT, eventName: '' }), 400],
  ['a Number as eventName', single({ ...EVENT, eventName: 1 }), 400],
  ['null as eventName', single({ ...EVENT, eventName: null }), 400],
  ['an array as eventData', single({ ...EVENT, eventData: [1] }), 400],
  ['a String as eventData', single({ ...EVENT, eventData: 'Price' }), 400],
  ['null as eventData', single({ ...EVENT, eventData: null }), 400],
  ['no attributes', single({ ...EVENT, eventData: {} }), 201],
  ['unknown fields', single({ ...EVENT, priority: 1, eventdata: [] }), 201],
  ['an array of events', single([EVENT]), 400],
  ['null', single('null'), 400],
  ['a String', single('"event"'), 400],
  ['broken JSON', single('{"userId":'), 400],
  ['no body', single(''), 400],
];

function documentedExample() {
  return {
    userId: 'johndoe',
    eventName: 'Added to Cart',
    eventTime: '2018-09-15T18:29:00-0800',
    eventData: { 'Product ID': 1337, Price: 39.8, Quantity: 1, Product: 'Givenchy', Category: 'Fragrance' },
  };
}
