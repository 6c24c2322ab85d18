import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EventsService, EventValidationError } from 'nestjs-webengage';
import { startTracking, type TrackingContext } from '../support/tracking-context.js';
import { attributes, eventWith } from './boundary/boundary-case.js';
import { spreading, thrower, withThrowingGetter } from './boundary/hostile-values.js';

const WRONG_VALUES = 100_000;
const MANY = 1_000;
const LONG_MESSAGE = 10_000;
const HUGE = 'x'.repeat(1_000_000);
// eslint-disable-next-line no-control-regex -- what would begin a new line, or move the cursor, in a log
const CONTROL_CHARACTER = /[\u0000-\u001f]/;
const FORGED = 'harmless\n[Nest] 1 - ERROR forged\r\u001b[2J';

// Hundreds of thousands of values take a while to make on a busy machine.
jest.setTimeout(60_000);

describe('the report of a refused event', () => {
  let tracking: TrackingContext;

  beforeAll(async () => {
    tracking = await startTracking({ enabled: false });
  });

  afterAll(() => tracking.app.close());

  it.each<[string, () => object]>([
    ['in an array', () => ({ List: Array.from({ length: WRONG_VALUES }, () => null) })],
    ['as attributes', () => attributes(WRONG_VALUES, () => NaN)],
    ['as attributes with wrong names', () => attributes(WRONG_VALUES, () => null, 'we_')],
    ['with wrong names only', () => attributes(WRONG_VALUES, () => 1, 'we_')],
    ['in one object', () => ({ Item: attributes(WRONG_VALUES, () => undefined) })],
    ['in objects of an array', () => ({ List: Array.from({ length: WRONG_VALUES }, () => ({ a: 1n })) })],
    ['in holes', () => ({ List: new Array(WRONG_VALUES) })],
    ['in long Strings', () => attributes(WRONG_VALUES, () => 'x'.repeat(1000))],
    ['in cycles', cyclicAttributes],
    ['behind getters that throw', throwingAttributes],
    [
      'behind a Proxy that throws',
      () =>
        new Proxy(
          attributes(WRONG_VALUES, () => 1),
          { get: thrower() },
        ),
    ],
    ['made as they are read', () => ({ Value: spreading() })],
  ])('names only some of 100,000 wrong values %s', async (_, makeData) => {
    const { violations, message } = await refusalOf(tracking.events, eventWith({ eventData: makeData() }));
    expect(violations.length).toBeGreaterThan(1);
    expect(violations.length).toBeLessThan(MANY);
    expect(message.length).toBeLessThan(LONG_MESSAGE);
  });

  it.each<[string, () => object]>([
    ['an event name', () => eventWith({ eventName: `we_${HUGE}` })],
    ['an event time', () => eventWith({ eventTime: HUGE })],
    ['a userId', () => eventWith({ userId: HUGE })],
    ['an attribute name', () => eventWith({ eventData: { [HUGE]: 1 } })],
    ['an attribute name deeper down', () => eventWith({ eventData: { a: { [HUGE]: null } } })],
    ['a String', () => eventWith({ eventData: { a: HUGE } })],
    ['the name of a class', () => eventWith({ eventData: { a: instanceOfClassNamed(HUGE) } })],
    ['what a getter throws', () => withThrowingGetter(eventWith({}), 'eventTime', new Error(HUGE))],
    ['the name of what a getter throws', () => withThrowingGetter(eventWith({}), 'eventTime', namedError(HUGE))],
  ])('does not repeat %s of a million characters', async (_, makeEvent) => {
    const { violations, message } = await refusalOf(tracking.events, makeEvent());
    expect(message.length).toBeLessThan(LONG_MESSAGE);
    for (const violation of violations) expect(violation.path.length + violation.message.length).toBeLessThan(MANY);
  });

  it.each<[string, () => object]>([
    ['an event name', () => eventWith({ eventName: `we_${FORGED}` })],
    ['an event time', () => eventWith({ eventTime: FORGED })],
    ['a userId', () => eventWith({ userId: FORGED.repeat(10) })],
    ['an attribute name', () => eventWith({ eventData: { [`we_${FORGED}`]: null } })],
    ['an attribute name deeper down', () => eventWith({ eventData: { a: { [FORGED]: null } } })],
    ['the name of a class', () => eventWith({ eventData: { a: instanceOfClassNamed(FORGED) } })],
    ['what a getter throws', () => withThrowingGetter(eventWith({}), 'eventTime', new Error(FORGED))],
    ['the name of what a getter throws', () => withThrowingGetter(eventWith({}), 'eventTime', namedError(FORGED))],
  ])('cannot forge a line of a log through %s', async (_, makeEvent) => {
    const { violations, message } = await refusalOf(tracking.events, makeEvent());
    expect(message).not.toMatch(CONTROL_CHARACTER);
    for (const violation of violations) expect(violation.message).not.toMatch(CONTROL_CHARACTER);
  });

  it('repeats neither the values of attributes nor the identifiers of users', async () => {
    const secret = 'jane.doe@example.com';
    const { violations, message } = await refusalOf(tracking.events, {
      userId: secret.repeat(10),
      anonymousId: { [secret]: secret },
      eventName: [secret],
      eventTime: { secret },
      eventData: { Text: secret.repeat(100), List: [null, secret, new Map([[secret, secret]]), new String(secret)] },
    });
    expect(violations.length).toBeGreaterThan(6);
    expect(JSON.stringify(violations) + message).not.toContain(secret);
  });
});

async function refusalOf(events: EventsService, event: unknown): Promise<EventValidationError> {
  const outcome: unknown = await events.track(event as never).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(EventValidationError);
  return outcome as EventValidationError;
}

function cyclicAttributes(): object {
  const data: Record<string, unknown> = {};
  for (let index = 0; index < WRONG_VALUES; index++) data[`Attribute ${index}`] = data;
  return data;
}

function throwingAttributes(): object {
  const data = {};
  for (let index = 0; index < WRONG_VALUES; index++) withThrowingGetter(data, `Attribute ${index}`);
  return data;
}

function instanceOfClassNamed(name: string): object {
  class Renamed {}
  Object.defineProperty(Renamed, 'name', { value: name });
  return new Renamed();
}

function namedError(name: string): Error {
  return Object.assign(new Error('thrown'), { name });
}
