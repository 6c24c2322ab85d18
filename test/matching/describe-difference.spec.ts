import { describe, expect, it } from '@jest/globals';
import { describeDifference } from '../../lib/matching/describe-difference.js';
import type { EventMatch } from '../../lib/matching/event-match.js';

const EVENT = {
  userId: '1',
  eventName: 'Added to Cart',
  eventTime: '2018-09-15T18:29:00+0000',
  eventData: {
    Price: '39.8',
    'Product ID': 1337,
    Items: [1, 2, 3],
    Gift: false,
    Address: { City: 'Mumbai' },
    Nothing: null,
    Text: `line\n"quoted" ${'x'.repeat(1000)}`,
  },
};

describe('a difference is told', () => {
  it.each<[EventMatch, string]>([
    [{ userId: '2' }, 'userId: expected "2" (String), but was "1" (String)'],
    [{ userId: undefined }, 'userId: expected it to be absent, but was "1" (String)'],
    [{ anonymousId: 'v1' }, 'anonymousId: expected "v1" (String), but it is absent'],
    [
      { eventTime: new Date(0) },
      'eventTime: expected "1970-01-01T00:00:00+0000" (Date), but was "2018-09-15T18:29:00+0000" (Date)',
    ],
    [{ eventData: { Price: 39.8 } }, 'eventData["Price"]: expected 39.8 (Number), but was "39.8" (String)'],
    [{ eventData: { Gift: true } }, 'eventData["Gift"]: expected true (Boolean), but was false (Boolean)'],
    [{ eventData: { Price: null } }, 'eventData["Price"]: expected null, but was "39.8" (String)'],
    [{ eventData: { Price: NaN } }, 'eventData["Price"]: expected NaN, but was "39.8" (String)'],
    [{ eventData: { Nothing: 1 } }, 'eventData["Nothing"]: expected 1 (Number), but was null'],
    [
      { eventData: { Items: [1, 2] } },
      'eventData["Items"]: expected 2 elements in [ 1, 2 ] (JSON Array), but was 3 elements in [ 1, 2, 3 ] (JSON Array)',
    ],
    [{ eventData: { Items: [1, 2, 4] } }, 'eventData["Items"][2]: expected 4 (Number), but was 3 (Number)'],
    [
      { eventData: { Address: { City: 'Pune' } } },
      'eventData["Address"]["City"]: expected "Pune" (String), but was "Mumbai" (String)',
    ],
    [
      { eventData: { Address: 'Pune' } },
      `eventData["Address"]: expected "Pune" (String), but was { City: 'Mumbai' } (JSON Object)`,
    ],
    [
      { eventData: { Address: new Map([[1, 2]]) } },
      `eventData["Address"]: expected Map(1) { 1 => 2 } (an instance of Map), but was { City: 'Mumbai' } (JSON Object)`,
    ],
    [
      { eventData: { 'product id': 1337 } },
      'eventData["product id"]: expected 1337 (Number), but it is absent; did you mean "Product ID"?',
    ],
    [{ eventData: { Prices: 1 } }, 'eventData["Prices"]: expected 1 (Number), but it is absent; did you mean "Price"?'],
    [{ eventData: { Quantity: 1 } }, 'eventData["Quantity"]: expected 1 (Number), but it is absent'],
    [{ eventData: { Price: expect.any(Number) } }, 'eventData["Price"]: expected Any<Number>, but was "39.8" (String)'],
    [{ userId: expect.stringContaining('x') }, 'userId: expected StringContaining "x", but was "1" (String)'],
    [
      {
        userId: {
          asymmetricMatch: () => false,
          toString: () => {
            throw new Error('no name');
          },
        },
      },
      'userId: expected what an asymmetric matcher takes, but was "1" (String)',
    ],
  ])('%#: %j', (match, line) => {
    expect(describeDifference(EVENT, match)).toEqual([line]);
  });

  it('on one line, and cut, where a value is long', () => {
    const [line, ...others] = describeDifference(EVENT, { eventData: { Text: 'y'.repeat(1_000_000) } });
    expect(others).toEqual([]);
    expect(line).toBe(
      `eventData["Text"]: expected "${'y'.repeat(120)}…" (String), but was "line\\n\\"quoted\\" ${'x'.repeat(106)}…" (String)`,
    );
    const [objects] = describeDifference(EVENT, {
      eventData: { Gift: Array.from({ length: 10_000 }, () => ({ a: 'b\n' })) },
    });
    expect(objects.length).toBeLessThan(300);
  });

  it('for each field and attribute, in the order in which they are expected', () => {
    const match = { userId: '2', eventData: { Price: 1, Gift: true }, anonymousId: 'v' };
    expect(describeDifference(EVENT, match).map((line) => line.split(':')[0])).toEqual([
      'userId',
      'eventData["Price"]',
      'eventData["Gift"]',
      'anonymousId',
    ]);
  });

  it('for each attribute of an event that has none', () => {
    expect(describeDifference({ eventName: 'Viewed' }, { eventData: { A: 1, B: 2 } })).toEqual([
      'eventData["A"]: expected 1 (Number), but it is absent',
      'eventData["B"]: expected 2 (Number), but it is absent',
    ]);
  });

  it('up to twenty times', () => {
    const eventData = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`Other ${index}`, index]));
    const lines = describeDifference(EVENT, { eventData });
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 80 more');
  });
});
