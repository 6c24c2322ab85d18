import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Max } from 'class-validator';
import {
  type BeforeSend,
  EventAttribute,
  EventClass,
  type EventsService,
  EventValidationError,
  type TrackEventInput,
  WebEngageEvent,
} from 'nestjs-webengage';
import { DIRECT } from '../../support/deliveries.js';
import { startTracking, type TrackingContext } from '../../support/tracking-context.js';
import { WireRecorder } from '../../support/wire-recorder.js';

type Body = Parameters<BeforeSend>[0];

@WebEngageEvent('Added to Cart')
class AddedToCart extends EventClass<AddedToCart> {
  @EventAttribute('Product ID', Number) @Max(9_999) productId!: number;
}

const AT = '2026-01-01T00:00:00Z';
const EVENT = { userId: 'johndoe', eventName: 'Signed up', eventTime: AT, eventData: { Email: 'john@example.com' } };
const HALF_A_MEBIBYTE = 'x'.repeat(512 * 1024);

describe('what beforeSend returns', () => {
  let wire: WireRecorder;
  let tracking: TrackingContext;
  let events: EventsService;
  let beforeSend: BeforeSend;
  let given: Body[];

  beforeAll(async () => {
    wire = await WireRecorder.start();
    tracking = await startTracking({
      host: wire.url,
      delivery: DIRECT,
      onTypeConflict: 'warn',
      beforeSend: (event) => {
        given.push(structuredClone(event));
        return beforeSend(event);
      },
    });
    ({ events } = tracking);
  });

  beforeEach(() => {
    given = [];
    beforeSend = (event) => event;
  });

  afterAll(async () => {
    await tracking.app.close();
    await wire.close();
  });

  /** What went over the wire for it. */
  async function sentOf(event: TrackEventInput): Promise<unknown> {
    const { requestId } = await events.track(event);
    return bodyOf(requestId);
  }

  function bodyOf(requestId: string): unknown {
    const call = wire.requests.find(({ headers }) => headers['x-request-id'] === requestId);
    return JSON.parse(String(call?.body));
  }

  it('is sent', async () => {
    beforeSend = ({ eventData, ...event }) => ({ ...event, eventData: { ...eventData, Email: 'hidden' } });
    expect(await sentOf(EVENT)).toEqual({
      userId: 'johndoe',
      eventName: 'Signed up',
      eventTime: given[0]?.eventTime,
      eventData: { Email: 'hidden' },
    });
  });

  it('may be the event that it was given, changed', async () => {
    beforeSend = (event) => {
      delete event.eventData?.Email;
      return event;
    };
    expect(await sentOf(EVENT)).toMatchObject({ eventData: {} });
  });

  it('may be about somebody else, under another name', async () => {
    beforeSend = ({ eventTime }) => ({ anonymousId: 'somebody', eventName: 'Somebody signed up', eventTime });
    expect(await sentOf(EVENT)).toEqual({
      anonymousId: 'somebody',
      eventName: 'Somebody signed up',
      eventTime: given[0]?.eventTime,
    });
  });

  it('is the event as it would have been sent where nothing is changed', async () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const eventData = { At: at, Count: 3, Deep: [{ More: true }] };
    const sent = await sentOf({
      userId: 'johndoe',
      anonymousId: 'left out',
      eventName: 'Looked',
      eventTime: at,
      eventData,
    });
    expect(given).toEqual([sent]);
    expect(sent).not.toHaveProperty('anonymousId');
  });

  it('gets the time of its acceptance where it has none', async () => {
    const withoutTime = { ...EVENT, eventTime: undefined };
    const sent = await sentOf(withoutTime);
    expect(given).toEqual([sent]);
    beforeSend = (event) => ({ ...event, eventTime: undefined }) as never;
    expect(await sentOf(EVENT)).toMatchObject({ eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  });

  it('is read as every event is: what is no field is left out, and no user twice', async () => {
    beforeSend = (event) => ({ ...event, anonymousId: 'somebody', tenant: 'acme' });
    expect(Object.keys((await sentOf(EVENT)) as object)).toEqual(['userId', 'eventName', 'eventTime', 'eventData']);
    expect(tracking.logger.at('warn').join('\n')).toContain('"tenant" is left out');
  });

  it('may hold what JSON does not know, as the event may', async () => {
    beforeSend = (event) => ({ ...event, eventData: { At: new Date(0) } as never });
    expect(await sentOf(EVENT)).toMatchObject({ eventData: { At: expect.stringContaining('1970-01-01T00:00:00') } });
  });

  it('is frozen at once: one object may stand for many events, and be changed later', async () => {
    const shared = { userId: 'all', eventName: 'Signed up', eventTime: AT, eventData: { Number: 0 } };
    beforeSend = () => {
      shared.eventData.Number++;
      return shared;
    };
    const receipts = await events.trackMany([EVENT, EVENT, EVENT]);
    shared.eventData.Number = 100;
    expect(receipts.map(({ requestId }) => bodyOf(requestId))).toMatchObject(
      [1, 2, 3].map((number) => ({ eventData: { Number: number } })),
    );
  });

  it('never reaches the object that was tracked', async () => {
    const input = structuredClone({ ...EVENT, eventData: { Email: 'john@example.com', Deep: { List: [{ A: 1 }] } } });
    const before = structuredClone(input);
    beforeSend = (event) => {
      const { eventData } = event as any;
      eventData.Deep.List[0].A = 2;
      eventData.Deep.List.push('more');
      delete eventData.Email;
      event = Object.assign(event, { userId: 'nobody' });
      return event;
    };
    expect(await sentOf(input)).toMatchObject({ userId: 'nobody', eventData: { Deep: { List: [{ A: 2 }, 'more'] } } });
    expect(input).toEqual(before);
  });

  it('is asked for with the wire names of an event class', async () => {
    beforeSend = (event) => ({ ...event, eventData: { 'Product ID': 42 } });
    const eventData = { productId: 1337 };
    const { requestId } = await events.track(AddedToCart, { userId: 'johndoe', eventData });
    expect(given).toMatchObject([{ eventName: 'Added to Cart', eventData: { 'Product ID': 1337 } }]);
    expect(bodyOf(requestId)).toMatchObject({ eventData: { 'Product ID': 42 } });
    await events.track(new AddedToCart({ productId: 7 }), { userId: 'johndoe' });
    expect(given[1]).toMatchObject({ eventData: { 'Product ID': 7 } });
    expect(eventData).toEqual({ productId: 1337 });
  });

  it('is not asked for where an event is refused anyway', async () => {
    await expect(events.track({ ...EVENT, eventName: 'we_x' })).rejects.toBeInstanceOf(EventValidationError);
    const wrong = { userId: 'johndoe', eventData: { productId: 10_000 } };
    await expect(events.track(AddedToCart, wrong)).rejects.toBeInstanceOf(EventValidationError);
    expect(given).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a reserved name', { ...EVENT, eventName: 'we_x' }, 'beforeSend().eventName'],
    ['no user', { eventName: 'Signed up', eventTime: AT }, 'beforeSend().userId'],
    ['a time that is none', { ...EVENT, eventTime: 'soon' }, 'beforeSend().eventTime'],
    ['an attribute that is none', { ...EVENT, eventData: { A: { B: () => 1 } } }, 'beforeSend().eventData["A"]["B"]'],
    ['data that is none', { ...EVENT, eventData: [] }, 'beforeSend().eventData'],
    ['too much', { ...EVENT, eventData: { A: HALF_A_MEBIBYTE, B: HALF_A_MEBIBYTE } }, 'beforeSend().event'],
  ])('is held against the same rules: %s', async (_, result, path) => {
    beforeSend = () => result as Body;
    const { refused } = events.stats();
    const error: unknown = await events.track(EVENT).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EventValidationError);
    const { violations } = error as EventValidationError;
    expect(violations.map((violation) => violation.path)).toContain(path);
    for (const { message } of violations) expect(message).toMatch(/^beforeSend\(\)\./);
    expect(events.stats().refused).toBe(refused + 1);
  });

  it.each([[[]], [new Map()], [{}], [new Date()]])('%p is no event', async (result) => {
    beforeSend = () => result as never;
    const error: unknown = await events.track(EVENT).catch((thrown: unknown) => thrown);
    const { violations } = error as EventValidationError;
    expect(violations.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['beforeSend().userId', 'beforeSend().eventName']),
    );
  });

  it('is named by its place among several events, none of which is sent then', async () => {
    beforeSend = (event) => (event.userId === 'jane' ? { ...event, eventName: '' } : event);
    const calls = wire.requests.length;
    const error: unknown = await events
      .trackMany([EVENT, { ...EVENT, userId: 'jane' }, { ...EVENT, eventName: '' }])
      .catch((thrown: unknown) => thrown);
    expect((error as EventValidationError).violations.map(({ path }) => path)).toEqual([
      '[1].beforeSend().eventName',
      '[2].eventName',
    ]);
    expect(wire.requests).toHaveLength(calls);
  });
});
