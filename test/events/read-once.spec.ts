import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../support/canonical-json.js';
import { wireBreaches } from '../support/wire-checker.js';
import { useRecordedTracking } from '../support/recorded-tracking.js';
import { eventWith, TIME } from './boundary/boundary-case.js';

/** A getter that answers its values one after the other, the last one for ever. */
function answering(object: object, key: string, ...values: unknown[]): object {
  const get = () => (values.length > 1 ? values.shift() : values[0]);
  return Object.defineProperty(object, key, { enumerable: true, configurable: true, get });
}

describe('an event is read once: what is checked is what is sent', () => {
  const recorded = useRecordedTracking();

  async function sentFor(event: object): Promise<string> {
    await recorded.tracking.events.track(event as never);
    expect(wireBreaches(recorded.wire.last)).toEqual([]);
    return canonicalJson(JSON.parse(recorded.wire.last.body.toString()));
  }

  it.each<[string, string, unknown, unknown]>([
    ['userId', 'userId', 'johndoe', ''],
    ['eventName', 'eventName', 'Added to Cart', 'we_'],
    ['eventTime', 'eventTime', TIME, 'never'],
    ['eventData', 'eventData', { Price: 1 }, null],
  ])('a getter of %s that changes its answer', async (_, field, first, second) => {
    const expected = canonicalJson(eventWith({ [field]: first }));
    expect(await sentFor(answering(eventWith({}), field, first, second))).toBe(expected);
  });

  it('a getter of an identifier that answers undefined the second time', async () => {
    const event = answering(answering(eventWith({}), 'userId', 'johndoe', undefined), 'anonymousId', undefined, null);
    expect(await sentFor(event)).toBe(canonicalJson(eventWith({})));
  });

  it.each<[string, unknown, unknown]>([
    ['null', 1, null],
    ['undefined', 1, undefined],
    ['a String that is too long', 'short', 'x'.repeat(1000)],
    ['a function', { a: 1 }, () => 1],
    ['a class instance', [], new Map()],
  ])('a getter of an attribute that then answers %s', async (_, first, second) => {
    const expected = canonicalJson(eventWith({ eventData: { Value: first, Items: [{ value: first }] } }));
    const eventData = answering({}, 'Value', first, second);
    const event = eventWith({
      eventData: Object.assign(eventData, { Items: [answering({}, 'value', first, second)] }),
    });
    expect(await sentFor(event)).toBe(expected);
  });

  it('a Proxy that gives other values the second time', async () => {
    const answers = new Map<PropertyKey, number>();
    const moody = new Proxy(['a', 'b'], {
      get: (array, key) => {
        answers.set(key, (answers.get(key) ?? 0) + 1);
        return answers.get(key) === 1 ? Reflect.get(array, key) : null;
      },
    });
    expect(await sentFor(eventWith({ eventData: { Value: moody } }))).toBe(
      canonicalJson(eventWith({ eventData: { Value: ['a', 'b'] } })),
    );
  });

  it('an attribute whose getter adds to what is being read', async () => {
    const list: unknown[] = [1, 2];
    const data: Record<string, unknown> = { List: list };
    Object.defineProperty(list, 0, { enumerable: true, get: () => (list.push(null), (data.Later = null), 1) });
    expect(await sentFor(eventWith({ eventData: data }))).toBe(
      canonicalJson(eventWith({ eventData: { List: [1, 2] } })),
    );
  });

  it('an attribute whose getter removes what is still to be read', async () => {
    const data: Record<string, unknown> = {};
    Object.defineProperty(data, 'First', { enumerable: true, get: () => (delete data.Second, 1) });
    data.Second = 2;
    expect(await sentFor(eventWith({ eventData: data }))).toBe(canonicalJson(eventWith({ eventData: { First: 1 } })));
  });

  it('a Date that is changed after it was tracked', async () => {
    const when = new Date(0);
    const event = eventWith({ eventTime: when, eventData: { When: when, List: [when] } });
    const sent = sentFor(event);
    when.setTime(NaN);
    (event.eventData as { List: unknown[] }).List.push(null);
    event.userId = null;
    const time = '1970-01-01T00:00:00+0000';
    expect(await sent).toBe(canonicalJson(eventWith({ eventTime: time, eventData: { When: time, List: [time] } })));
  });

  it('a getter that tracks another event while it is read', async () => {
    const inner: Promise<unknown>[] = [];
    const event = eventWith({
      eventData: Object.defineProperty({}, 'Value', {
        enumerable: true,
        get: () => {
          inner.push(
            recorded.tracking.events.track({ userId: 'inner', eventName: 'Inner', eventData: { a: [{ b: 1 }] } }),
          );
          return 'outer';
        },
      }),
    });
    const before = recorded.wire.requests.length;
    await recorded.tracking.events.track(event as never);
    await Promise.all(inner);
    const arrived = recorded.wire.requests.slice(before).map(({ body }) => JSON.parse(body.toString()).eventData);
    expect(arrived.map(canonicalJson).sort()).toEqual(['{"Value":"outer"}', '{"a":[{"b":1}]}']);
  });

  it('never changes what it was given', async () => {
    const given = eventWith({ eventTime: new Date(0), eventData: { When: new Date(1), Gone: undefined, List: [{}] } });
    const copy = structuredClone(given);
    await recorded.tracking.events.track(given as never);
    expect(given).toEqual(copy);
    expect(Object.keys(given.eventData as object)).toEqual(['When', 'Gone', 'List']);
  });
});
