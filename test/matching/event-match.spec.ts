import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../lib/events/event-data.js';
import { readEvent } from '../../lib/events/read-event.js';
import { describeDifference } from '../../lib/matching/describe-difference.js';
import { type EventMatch, matchesEvent } from '../../lib/matching/event-match.js';
import { validEvent } from '../support/arbitrary-events.js';

const EVENT = {
  userId: 'johndoe',
  eventName: 'Added to Cart',
  eventTime: '2018-09-15T18:29:00+0000',
  requestId: 'a'.repeat(32),
  eventData: {
    Price: 39.8,
    Product: 'Givenchy',
    'Delivery By': '2018-09-20T00:00:00+0000',
    Items: [{ ID: 1, Name: 'Cologne' }, { ID: 2 }],
    Address: { City: 'Mumbai', Zip: '400001' },
  },
};

function attributes(eventData: Record<string, unknown>): EventMatch {
  return { eventData };
}

describe('an event is as expected', () => {
  it.each<[string, EventMatch]>([
    ['nothing is expected', {}],
    ['a field is the same', { userId: 'johndoe' }],
    ['all fields are the same', EVENT],
    ['its name is', { eventName: 'Added to Cart' }],
    ['the request id is', { requestId: 'a'.repeat(32) }],
    ['some attributes are the same', attributes({ Price: 39.8 })],
    ['no attributes are named', attributes({})],
    ['an expected Date is what the library writes for it', attributes({ 'Delivery By': new Date('2018-09-20') })],
    ['so is the time, as a Date', { eventTime: new Date('2018-09-15T18:29:00.400Z') }],
    ['so is the time, in another format', { eventTime: '2018-09-15T18:29Z' }],
    ['an array has the same elements, each of them in part', attributes({ Items: [{ ID: 1 }, { ID: 2 }] })],
    ['an object within is the same in part', attributes({ Address: { City: 'Mumbai' } })],
    ['what is to be absent is absent', { anonymousId: undefined, eventData: { Coupon: undefined } }],
    ['matchers take it', { userId: expect.any(String), eventData: { Price: expect.any(Number) } }],
    ['a matcher takes all attributes', { eventData: expect.objectContaining({ Price: 39.8 }) }],
    ['a matcher takes an element', attributes({ Items: [expect.anything(), { ID: expect.any(Number) }] })],
  ])('if %s', (_why, match) => {
    expect(matchesEvent(EVENT, match)).toBe(true);
    expect(describeDifference(EVENT, match)).toEqual([]);
  });

  it('if it has no attributes, and none is expected', () => {
    expect(matchesEvent({ eventName: 'Viewed' }, attributes({}))).toBe(true);
    expect(matchesEvent({ eventName: 'Viewed' }, attributes({ Price: undefined }))).toBe(true);
    expect(matchesEvent({ eventName: 'Viewed' }, { eventData: undefined })).toBe(true);
  });
});

describe('an event is not as expected', () => {
  it.each<[string, EventMatch, string]>([
    ['a field differs', { userId: 'jane' }, 'userId'],
    ['a field is absent', { anonymousId: 'v1' }, 'anonymousId'],
    ['a field is there that should be absent', { userId: undefined }, 'userId'],
    ['the data type differs', attributes({ Price: '39.8' }), 'eventData["Price"]'],
    ['an attribute is absent', attributes({ Coupon: 'X' }), 'eventData["Coupon"]'],
    ['an attribute should be absent', attributes({ Price: undefined }), 'eventData["Price"]'],
    ['all attributes should be absent', { eventData: undefined }, 'eventData'],
    ['an array is shorter', attributes({ Items: [{ ID: 1 }] }), 'eventData["Items"]'],
    ['an array is longer', attributes({ Items: [{}, {}, {}] }), 'eventData["Items"]'],
    ['an element differs', attributes({ Items: [{ ID: 1 }, { ID: 3 }] }), 'eventData["Items"][1]["ID"]'],
    ['an object is no array', attributes({ Items: { 0: {} } }), 'eventData["Items"]'],
    ['an array is no object', attributes({ Address: [] }), 'eventData["Address"]'],
    ['an array is no attributes', { eventData: [] }, 'eventData'],
    ['a Date differs', attributes({ 'Delivery By': new Date(0) }), 'eventData["Delivery By"]'],
    ['a Date is none', attributes({ Coupon: new Date(NaN) }), 'eventData["Coupon"]'],
    ['a matcher does not take it', attributes({ Price: expect.any(String) }), 'eventData["Price"]'],
    ['a matcher does not take what is absent', attributes({ Coupon: expect.anything() }), 'eventData["Coupon"]'],
    ['no wire could hold what is expected', attributes({ Address: new Map() }), 'eventData["Address"]'],
    ['the number is none', attributes({ Price: NaN }), 'eventData["Price"]'],
  ])('if %s', (_why, match, path) => {
    expect(matchesEvent(EVENT, match)).toBe(false);
    expect(describeDifference(EVENT, match)).toEqual([expect.stringContaining(`${path}: expected `)]);
  });

  it.each(['toString', 'constructor', 'hasOwnProperty', '__proto__'])('if %s is inherited only', (name) => {
    const inherited: unknown = ({} as Record<string, unknown>)[name];
    expect(matchesEvent(EVENT, attributes({ [name]: inherited }))).toBe(false);
    expect(matchesEvent(EVENT, attributes({ [name]: undefined }))).toBe(true);
    const own = { eventData: JSON.parse(`{${JSON.stringify(name)}:1}`) as JsonObject };
    expect(matchesEvent(own, attributes({ [name]: 1 }))).toBe(true);
    expect(matchesEvent(own, attributes({ [name]: 2 }))).toBe(false);
  });
});

describe('whatever is expected', () => {
  it('has an end, even if it holds itself', () => {
    const cycle: Record<string, unknown> = { Price: 39.8 };
    cycle.Address = cycle;
    const list: unknown[] = [];
    list.push(list);
    expect(matchesEvent(EVENT, attributes(cycle))).toBe(false);
    expect(describeDifference(EVENT, attributes({ ...cycle, Items: list }))).toEqual([
      expect.stringContaining('eventData["Address"]["Price"]'),
      expect.stringContaining('eventData["Address"]["Address"]'),
      expect.stringContaining('eventData["Items"]'),
    ]);
  });

  it('may be nested as deeply as an event', () => {
    const text = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const [event, match] = [JSON.parse(text), JSON.parse(text)] as [JsonObject, JsonObject];
    expect(matchesEvent({ eventData: event }, { eventData: match })).toBe(true);
    let cycle: Record<string, unknown> = {};
    cycle = Object.assign(cycle, { a: cycle });
    expect(matchesEvent({ eventData: event }, { eventData: cycle })).toBe(false);
    const [line, ...others] = describeDifference({ eventData: event }, { eventData: cycle });
    expect(others).toEqual([]);
    expect(line.length).toBeLessThan(200);
  });
});

const wireEvent = validEvent.map((event) => {
  const { body, json } = readEvent(event, '2026-01-01T00:00:00+0000');
  return { given: event, body, event: JSON.parse(json) as { eventData?: JsonObject } };
});

describe('of any valid event it holds that', () => {
  it('it matches itself, and what was tracked', () => {
    fc.assert(
      fc.property(wireEvent, ({ event, body }) => {
        expect(matchesEvent(event, event)).toBe(true);
        expect(matchesEvent(event, body as EventMatch)).toBe(true);
        expect(describeDifference(event, event)).toEqual([]);
      }),
    );
  });

  it('it matches every subset of itself', () => {
    fc.assert(
      fc.property(wireEvent, fc.infiniteStream(fc.boolean()), ({ event }, choices) => {
        const subset = <Whole extends object>(whole: Whole) =>
          Object.fromEntries(Object.entries(whole).filter(() => choices.next().value)) as Whole;
        const { eventData, ...fields } = subset(event);
        const match = { ...fields, ...(eventData && { eventData: subset(eventData) }) };
        expect(matchesEvent(event, match)).toBe(true);
      }),
    );
  });

  it('one changed attribute does not match, and is named', () => {
    const withAttributes = wireEvent.filter(({ event }) => Object.keys(event.eventData ?? {}).length > 0);
    fc.assert(
      fc.property(withAttributes, fc.nat(), ({ event }, choice) => {
        const names = Object.keys(event.eventData ?? {});
        const name = names[choice % names.length];
        const eventData = Object.fromEntries(
          Object.entries(event.eventData as JsonObject).map(([key, value]) => [
            key,
            key === name ? changed(value) : value,
          ]),
        );
        expect(matchesEvent(event, { ...event, eventData })).toBe(false);
        const [line, ...others] = describeDifference(event, { ...event, eventData });
        expect(others).toEqual([]);
        expect(line).toContain(`eventData[${JSON.stringify(name)}]: expected `);
        expect(line).not.toContain('\n');
      }),
    );
  });
});

function changed(value: JsonValue): unknown {
  if (typeof value === 'number') return value + (Math.abs(value) || 1);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  return Array.isArray(value) ? [...value, 1] : [value];
}
