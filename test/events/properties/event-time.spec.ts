import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { EventValidationError } from 'nestjs-webengage';
import { timeLikeText } from '../../support/arbitrary-events.js';
import { isDate } from '../../support/wire-checker.js';
import { useRecordedTracking } from '../../support/recorded-tracking.js';

const RUNS = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59Z');

const offsets = fc.oneof(
  fc.integer({ min: -1439, max: 1439 }),
  fc.constantFrom(-720, -480, -210, 0, 60, 330, 345, 765, 840),
);
// A day from the ends, so that four digits hold the year whatever the offset.
const instants = fc.oneof(
  fc.integer({ min: FIRST + DAY, max: LAST - DAY }),
  fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2030-01-01') }),
);

// Thousands of runs take a while on a busy machine.
jest.setTimeout(120_000);

describe('the time that is sent', () => {
  const recorded = useRecordedTracking();

  async function sentFor(eventTime: unknown): Promise<string> {
    await recorded.tracking.events.track({ userId: 'johndoe', eventName: 'Viewed', eventTime } as never);
    const { eventTime: sent } = JSON.parse(recorded.wire.last.body.toString()) as { eventTime: string };
    expect(isDate(sent)).toBe(true);
    return sent;
  }

  it('denotes the same second as a Date', async () => {
    await fc.assert(
      fc.asyncProperty(instants, async (instant) => {
        const sent = await sentFor(new Date(instant));
        expect(sent.slice(19)).toBe('+0000');
        expect(instantOf(sent)).toBe(wholeSeconds(instant));
      }),
      { numRuns: RUNS },
    );
  });

  it('denotes the same second as an ISO String, and keeps its offset', async () => {
    const styles = fc.record({
      colon: fc.boolean(),
      zulu: fc.boolean(),
      short: fc.boolean(),
      fraction: fc.option(fc.nat().map(String), { nil: undefined }),
      comma: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(instants, offsets, styles, async (instant, offset, style) => {
        const sent = await sentFor(isoText(instant, offset, style));
        expect(instantOf(sent)).toBe(wholeSeconds(instant));
        expect(sent.slice(19)).toBe(offsetText(offset, ''));
      }),
      { numRuns: RUNS },
    );
  });

  it('is the String itself, if that is in the documented format', async () => {
    await fc.assert(
      fc.asyncProperty(instants, offsets, async (instant, offset) => {
        const documented = wallClock(instant, offset) + offsetText(offset, '');
        expect(await sentFor(documented)).toBe(documented);
      }),
      { numRuns: RUNS },
    );
  });

  it('is never that of another instant, whatever looks like a time', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(timeLikeText, async (text) => {
        try {
          const sent = await sentFor(text);
          accepted++;
          expect(instantOf(sent)).toBe(wholeSeconds(nativeInstantOf(text)));
        } catch (error) {
          if (!(error instanceof EventValidationError)) throw error;
          expect(isIsoInstant(text)).toBe(false);
        }
      }),
      { numRuns: 2 * RUNS },
    );
    expect(accepted).toBeGreaterThan(RUNS / 10);
  });
});

interface Style {
  readonly colon: boolean;
  readonly zulu: boolean;
  readonly short: boolean;
  readonly fraction: string | undefined;
  readonly comma: boolean;
}

function isoText(instant: number, offset: number, { colon, zulu, short, fraction, comma }: Style): string {
  const zone = zulu && offset === 0 ? 'Z' : offsetText(offset, colon ? ':' : '');
  const clock = wallClock(instant, offset);
  if (short && clock.endsWith(':00')) return clock.slice(0, -3) + zone;
  return clock + (fraction === undefined ? '' : `${comma ? ',' : '.'}${fraction}`) + zone;
}

function wallClock(instant: number, offset: number): string {
  return new Date(instant + offset * MINUTE).toISOString().slice(0, 19);
}

function offsetText(offset: number, separator: string): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${twoDigits(hours)}${separator}${twoDigits(minutes)}`;
}

/** The instant that a String in the documented format denotes. */
function instantOf(documented: string): number {
  const offset = Number(`${documented[19]}1`) * (Number(documented.slice(20, 22)) * 60 + Number(documented.slice(22)));
  return Date.parse(`${documented.slice(0, 19)}Z`) - offset * MINUTE;
}

function wholeSeconds(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

/** What the engine's own parser makes of a time, in the spelling that ECMAScript defines. */
function nativeInstantOf(text: string): number {
  const withoutFraction = text.replace(/\.\d+/, '');
  return Date.parse(withoutFraction.replace(/([+-]\d\d):?(\d\d)$/, '$1:$2').replace(/(T.*[+-]\d\d)$/, '$1:00'));
}

/** Whether a String names a real instant in one of the formats that are accepted. */
function isIsoInstant(text: string): boolean {
  const [, day, clock, second, zone] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)$/.exec(text) ?? [];
  if (day === undefined || (second === undefined && text.includes('.'))) return false;
  const offset = zone === 'Z' ? '+0000' : `${zone?.replace(':', '')}00`.slice(0, 5);
  return isDate(`${day}T${clock}${second ?? ':00'}${offset}`);
}
