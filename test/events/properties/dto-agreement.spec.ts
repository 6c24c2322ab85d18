import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { validate, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { type EventsService, EventValidationError, TrackEventDto, type Violation } from 'nestjs-webengage';
import { anyEvent, anyJsonEvent, validEvent } from '../../support/arbitrary-events.js';
import { startTracking, type TrackingContext } from '../../support/tracking-context.js';
import { attributeCountCases } from '../boundary/attribute-count.cases.js';
import { attributeKeyCases } from '../boundary/attribute-key.cases.js';
import { type BoundaryCase, eventWith } from '../boundary/boundary-case.js';
import { attributeValueCases, foreignCases } from '../boundary/data-type.cases.js';
import { eventTimeCases } from '../boundary/event-time.cases.js';
import { attributeNameCases, eventNameCases, systemEventCases } from '../boundary/name.cases.js';
import { largeEventCases } from '../boundary/size.cases.js';
import { structureCases } from '../boundary/structure.cases.js';
import { userCases } from '../boundary/user.cases.js';

const RUNS = 2_000;

const boundaryCases: readonly BoundaryCase[] = [
  ...userCases,
  ...eventNameCases,
  ...systemEventCases,
  ...eventTimeCases,
  ...attributeNameCases,
  ...attributeKeyCases,
  ...attributeValueCases,
  ...foreignCases,
  ...attributeCountCases,
  ...structureCases,
  ...largeEventCases,
];

// Thousands of runs take a while on a busy machine.
jest.setTimeout(120_000);

// class-validator puts other text in the place of these, so the DTO's messages spell them otherwise.
const REPLACED = /\$(?=value|property|target|constraint\d)/g;

describe('TrackEventDto and track() agree', () => {
  let tracking: TrackingContext;

  beforeAll(async () => {
    tracking = await startTracking({ enabled: false });
  });

  afterAll(() => tracking.app.close());

  async function expectAgreement(input: object): Promise<boolean> {
    const errors = await validate(Object.assign(new TrackEventDto(), input));
    const violations = await violationsOf(tracking.events, input);
    const messages = messagesOf(errors);
    expect(messages.length === 0 ? 'accepted' : 'refused').toBe(violations.length === 0 ? 'accepted' : 'refused');
    const text = messages.join('; ');
    for (const { message } of violations) expect(text).toContain(message.replace(REPLACED, '\\u0024'));
    return violations.length === 0;
  }

  it.each<[string, fc.Arbitrary<object>]>([
    ['events of JavaScript values', anyEvent],
    ['events of JSON', anyJsonEvent],
  ])('on %s, right and wrong', async (_, events) => {
    let accepted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
        if (await expectAgreement(event)) accepted++;
        else refused++;
      }),
      { numRuns: RUNS },
    );
    // The property says little if the events are nearly all right or nearly all wrong.
    expect(Math.min(accepted, refused)).toBeGreaterThan(RUNS / 10);
  });

  it('on valid events, which both accept', async () => {
    await fc.assert(
      fc.asyncProperty(validEvent, async (event) => {
        expect(await expectAgreement(event)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it.each(boundaryCases.map(({ title, event, outcome }) => [title, event, 'sent' in outcome] as const))(
    'at the boundary: both %s',
    async (_, event, isAccepted) => {
      expect(await expectAgreement(event() as object)).toBe(isAccepted);
    },
  );

  // A field of this name hides the class from class-validator; ValidationPipe deletes it from bodies beforehand.
  it.each(['{"constructor":1}', '{"__proto__":{}}'])(
    'but for %s, at which class-validator itself gives up',
    async (text) => {
      const input = { ...(JSON.parse(text) as object), ...eventWith({}) };
      const [error, ...others] = await validate(Object.assign(new TrackEventDto(), JSON.parse(text), eventWith({})));
      expect(error?.constraints).toEqual({ unknownValue: expect.stringContaining('unknown value') });
      expect(others).toEqual([]);
      expect(await violationsOf(tracking.events, input)).toEqual([]);
    },
  );

  it.each(['$value', '$property', '$target', '$constraint1'])('on names with %s in them', async (token) => {
    expect(await expectAgreement(eventWith({ eventName: `we_${token}` }))).toBe(false);
    expect(await expectAgreement(eventWith({ eventTime: token }))).toBe(false);
    expect(await expectAgreement(eventWith({ eventData: { [`we_${token}`]: 1, Item: { [token]: null } } }))).toBe(
      false,
    );
  });
});

async function violationsOf(events: EventsService, event: object): Promise<readonly Violation[]> {
  try {
    const { state } = await events.track(event as never);
    expect(state).toBe('disabled');
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EventValidationError);
    return (error as EventValidationError).violations;
  }
}

function messagesOf(errors: readonly ValidationError[]): string[] {
  return errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
}
