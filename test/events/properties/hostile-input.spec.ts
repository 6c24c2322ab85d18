import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventValidationError } from 'nestjs-webengage';
import { anything, anyEvent } from '../../support/arbitrary-events.js';
import { startTracking, type TrackingContext } from '../../support/tracking-context.js';
import { type HostileRecipe, hostileRecipe, makeHostile } from './hostile-recipe.js';

const RUNS = 1_500;
const TIMEOUT = 120_000;
const FIELDS = ['userId', 'anonymousId', 'eventName', 'eventTime', 'eventData'] as const;

const fieldNames = fc.constantFrom(...FIELDS);
const attributeNames = fc.oneof(fc.string(), fc.constantFrom('Price', '__proto__', 'constructor', 'we_'));

describe('whatever track() is given, it answers in good order', () => {
  let tracking: TrackingContext;

  beforeAll(async () => {
    tracking = await startTracking({ enabled: false, onTypeConflict: 'warn' });
  });

  afterAll(() => tracking.app.close());

  async function expectOrderlyAnswer(input: unknown): Promise<void> {
    const before = tracking.events.stats();
    const answer = trackedAtOnce(input);
    const outcome = await answer.then(
      (receipt) => ({ receipt }),
      (rejected: unknown) => ({ rejected }),
    );
    const after = tracking.events.stats();
    if ('receipt' in outcome) {
      expect(outcome.receipt).toEqual({ requestId: expect.stringMatching(/^[0-9a-f]{32}$/), state: 'disabled' });
      expect(after).toEqual({ ...before, skipped: before.skipped + 1, typeConflicts: after.typeConflicts });
      return;
    }
    expect(outcome.rejected).toBeInstanceOf(EventValidationError);
    const { violations, message } = outcome.rejected as EventValidationError;
    expect(violations.length).toBeGreaterThan(0);
    for (const violation of violations) expect(violation.message.startsWith(`${violation.path} `)).toBe(true);
    expect(message.length).toBeLessThan(20_000);
    expect(after).toEqual({ ...before, refused: before.refused + 1 });
  }

  /** Not async: what `track()` throws synchronously must fail the test. */
  function trackedAtOnce(input: unknown): Promise<unknown> {
    const answer = tracking.events.track(input as never);
    expect(answer).toBeInstanceOf(Promise);
    return answer;
  }

  function property<Input>(inputs: fc.Arbitrary<Input>, make: (input: Input) => unknown): Promise<void> {
    const check = (input: Input) => expectOrderlyAnswer(make(input));
    return fc.assert(fc.asyncProperty(inputs, check), { numRuns: RUNS });
  }

  const asItIs = (input: unknown) => input;
  const asFields = (recipes: Record<string, HostileRecipe>) => mapped(recipes);
  const asAttributes = (recipes: Record<string, HostileRecipe>) => withData(mapped(recipes));

  it('anything at all', () => property(anything, asItIs), TIMEOUT);
  it('anything as fields', () => property(fc.dictionary(fieldNames, anything), asItIs), TIMEOUT);
  it('anything as eventData', () => property(anything, withData), TIMEOUT);
  it('anything as attributes', () => property(fc.dictionary(attributeNames, anything), withData), TIMEOUT);
  it('hostile events', () => property(hostileRecipe, makeHostile), TIMEOUT);
  it('hostile fields', () => property(fc.dictionary(fieldNames, hostileRecipe), asFields), TIMEOUT);
  it('hostile eventData', () => property(hostileRecipe, (recipe) => withData(makeHostile(recipe))), TIMEOUT);
  it('hostile attributes', () => property(fc.dictionary(attributeNames, hostileRecipe), asAttributes), TIMEOUT);

  it(
    'events that are nearly right, with hostile fields',
    () =>
      property(fc.tuple(anyEvent, fc.dictionary(fieldNames, hostileRecipe)), ([event, recipes]) => ({
        ...event,
        ...mapped(recipes),
      })),
    TIMEOUT,
  );
});

function withData(eventData: unknown): object {
  return { userId: 'johndoe', eventName: 'Viewed', eventData };
}

function mapped(recipes: Record<string, HostileRecipe>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(recipes).map(([name, recipe]) => [name, makeHostile(recipe)]));
}
