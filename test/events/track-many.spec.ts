import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventValidationError } from 'nestjs-webengage';
import { wireBreaches } from '../support/wire-checker.js';
import { useRecordedTracking } from '../support/recorded-tracking.js';
import { eventWith } from './boundary/boundary-case.js';
import { revoked, thrower, trapped } from './boundary/hostile-values.js';

describe('trackMany() and the rules', () => {
  const recorded = useRecordedTracking();

  beforeEach(() => {
    recorded.wire.requests.length = 0;
  });

  async function refusalOf(events: unknown): Promise<EventValidationError> {
    const outcome: unknown = await recorded.tracking.events.trackMany(events as never).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(EventValidationError);
    expect(recorded.wire.requests).toHaveLength(0);
    return outcome as EventValidationError;
  }

  it('sends all of them if each is valid', async () => {
    const events = Array.from({ length: 30 }, (_, index) => eventWith({ eventData: { Index: index } }));
    const receipts = await recorded.tracking.events.trackMany(events as never);
    expect(recorded.wire.requests.flatMap((request) => wireBreaches(request))).toEqual([]);
    const arrived = new Map(
      recorded.wire.requests.map(({ headers, body }) => [headers['x-request-id'], body.toString()]),
    );
    expect(receipts.map(({ requestId }) => arrived.get(requestId))).toEqual(
      events.map((event) => JSON.stringify(event)),
    );
  });

  it('sends none if one is wrong, and names each wrong one by its index', async () => {
    const { violations, message } = await refusalOf([
      eventWith({}),
      eventWith({ userId: '', eventName: 'we_' }),
      eventWith({}),
      null,
      eventWith({ eventData: { Items: [null] } }),
    ]);
    expect(violations.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      '[1].userId blank',
      '[1].eventName reservedPrefix',
      '[3].event type',
      '[3].userId required',
      '[3].eventName required',
      '[4].eventData["Items"][0] dataType',
    ]);
    for (const violation of violations) {
      expect(violation.message.startsWith(violation.path)).toBe(true);
      expect(message).toContain(violation.message);
    }
  });

  it('takes holes for events that are undefined', async () => {
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
    const { violations } = await refusalOf([eventWith({}), , eventWith({})]);
    expect(violations[0]).toMatchObject({ path: '[1].event', rule: 'type' });
  });

  it('takes no events for nothing to do', async () => {
    expect(await recorded.tracking.events.trackMany([])).toEqual([]);
    expect(recorded.wire.requests).toHaveLength(0);
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['one event', eventWith({}), 'an Object'],
    ['a Set of events', new Set([eventWith({})]), 'an instance of Set'],
    ['a String', '[]', 'a String'],
    ['something like an array', { length: 1, 0: eventWith({}) }, 'an Object'],
  ])('refuses %s instead of an array', async (_, events, actual) => {
    const { violations } = await refusalOf(events);
    expect(violations).toEqual([
      { path: 'events', rule: 'type', message: `events must be an Array, but is ${actual}` },
    ]);
  });

  it.each<[string, () => unknown]>([
    ['a revoked Proxy', () => revoked([])],
    ['an array whose get trap throws', () => trapped([eventWith({})], 'get')],
    ['an array that cannot be iterated', () => Object.assign([eventWith({})], { [Symbol.iterator]: thrower() })],
    ['an array with an index that throws', () => Object.defineProperty([1], 0, { get: thrower() })],
  ])('refuses %s as it refuses every wrong event', async (_, makeEvents) => {
    await refusalOf(makeEvents());
  });

  it('keeps the report of many wrong events short', async () => {
    const { message } = await refusalOf(Array.from({ length: 10_000 }, () => ({ eventName: 'we_' })));
    expect(message.length).toBeLessThan(10_000);
  });
});
