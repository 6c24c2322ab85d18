import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { EventValidationError } from 'nestjs-webengage';
import { types } from 'node:util';
import { type AnyEvent, anyEvent, validEvent } from '../../support/arbitrary-events.js';
import { canonicalJson } from '../../support/canonical-json.js';
import { API_KEY } from '../../support/tracking-context.js';
import { wireBreaches } from '../../support/wire-checker.js';
import { useRecordedTracking } from '../../support/recorded-tracking.js';

const RUNS = 1_500;

// Thousands of runs take a while on a busy machine.
jest.setTimeout(120_000);

describe('whatever track() accepts', () => {
  const recorded = useRecordedTracking();

  beforeEach(() => {
    recorded.wire.requests.length = 0;
  });

  async function expectFaithfulDelivery(event: AnyEvent): Promise<void> {
    const before = recorded.wire.requests.length;
    await recorded.tracking.events.track(event as never);
    expect(recorded.wire.requests).toHaveLength(before + 1);
    expect(wireBreaches(recorded.wire.last, { apiKey: API_KEY })).toEqual([]);
    const body = JSON.parse(recorded.wire.last.body.toString('utf8')) as { eventTime: string };
    expect(canonicalJson(body)).toBe(canonicalJson(modelOf(event, body.eventTime)));
  }

  it('is right on the wire and arrives as it was given, if it is valid', async () => {
    await fc.assert(fc.asyncProperty(validEvent, expectFaithfulDelivery), { numRuns: RUNS });
    expect(recorded.tracking.events.stats()).toMatchObject({ refused: 0, failed: 0, pending: 0 });
  });

  it('is right on the wire and arrives as it was given, out of events right and wrong', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const before = recorded.wire.requests.length;
        try {
          await expectFaithfulDelivery(event);
          accepted++;
        } catch (error) {
          if (!(error instanceof EventValidationError)) throw error;
          expect(error.violations.length).toBeGreaterThan(0);
          expect(recorded.wire.requests).toHaveLength(before);
        }
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(RUNS / 10);
  });
});

/** What must arrive for an event that keeps every rule. Its `eventTime` is the subject of another property. */
function modelOf({ userId, anonymousId, eventName, eventTime, eventData }: AnyEvent, sentTime: string): object {
  return {
    ...(userId === undefined ? { anonymousId } : { userId }),
    eventName,
    eventTime: types.isDate(eventTime) ? inUtc(eventTime) : sentTime,
    ...(eventData === undefined ? undefined : { eventData: modelOfObject(eventData as object) }),
  };
}

function modelOfObject(object: object): object {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, modelOfValue(value)]));
}

function modelOfValue(value: unknown): unknown {
  if (types.isDate(value)) return inUtc(value);
  if (Array.isArray(value)) return value.map(modelOfValue);
  return typeof value === 'object' && value !== null ? modelOfObject(value) : value;
}

function inUtc(date: Date): string {
  return JSON.stringify(date).slice(1, 20) + '+0000';
}
