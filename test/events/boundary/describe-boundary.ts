import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventValidationError, type WebEngageModuleOptions } from 'nestjs-webengage';
import { canonicalJson } from '../../support/canonical-json.js';
import { DIRECT } from '../../support/deliveries.js';
import { API_KEY, LICENSE_CODE, startTracking, type TrackingContext } from '../../support/tracking-context.js';
import { isDate, wireBreaches } from '../../support/wire-checker.js';
import { WireRecorder } from '../../support/wire-recorder.js';
import type { BoundaryCase, ExpectedViolation } from './boundary-case.js';

/** Tracks each case's event through a real application, against a server that keeps what arrives. */
export function describeBoundary(
  title: string,
  cases: readonly BoundaryCase[],
  options: Partial<WebEngageModuleOptions> = {},
): void {
  describe(title, () => {
    let wire: WireRecorder;
    let tracking: TrackingContext;

    beforeAll(async () => {
      wire = await WireRecorder.start();
      tracking = await startTracking({ host: wire.url, delivery: DIRECT, onTypeConflict: 'warn', ...options });
    });

    afterAll(async () => {
      await tracking.app.close();
      await wire.close();
    });

    it.each(cases.map((boundaryCase): [string, BoundaryCase] => [boundaryCase.title, boundaryCase]))(
      '%s',
      async (_, { event, outcome }) => {
        const { events } = tracking;
        const before = { arrived: wire.requests.length, refused: events.stats().refused };
        if ('violations' in outcome) {
          expectViolations(await refusalOf(events.track(event() as never)), outcome.violations);
          expect(wire.requests).toHaveLength(before.arrived);
          expect(events.stats().refused).toBe(before.refused + 1);
        } else {
          const asked = Date.now();
          const receipt = await events.track(event() as never);
          expect(receipt.state).toBe('delivered');
          expect(wire.requests).toHaveLength(before.arrived + 1);
          expect(wire.last.headers['x-request-id']).toBe(receipt.requestId);
          expectOnTheWire(wire, outcome.sent, options.maxEventBytes, outcome.stamped ? asked : undefined);
        }
      },
    );

    it('sends nothing besides what was accepted, each under an id of its own', async () => {
      await tracking.events.flush();
      const { accepted, delivered, failed, refused } = tracking.events.stats();
      const expected = cases.filter(({ outcome }) => 'sent' in outcome).length;
      expect({ accepted, delivered, failed, refused }).toEqual({
        accepted: expected,
        delivered: expected,
        failed: 0,
        refused: cases.length - expected,
      });
      expect(wire.requests).toHaveLength(expected);
      expect(new Set(wire.requests.map(({ headers }) => headers['x-request-id'])).size).toBe(expected);
    });
  });
}

async function refusalOf(tracked: Promise<unknown>): Promise<EventValidationError> {
  const error = await tracked.then(
    (receipt) => receipt,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EventValidationError);
  return error as EventValidationError;
}

function expectViolations({ violations, message }: EventValidationError, expected: readonly ExpectedViolation[]): void {
  const places = (list: readonly { path: string; rule: string }[]) =>
    list.map(({ path, rule }) => `${path}: ${rule}`).sort();
  expect(places(violations)).toEqual(places(expected));
  for (const { path, rule, says } of expected) {
    const messages = violations
      .filter((found) => found.path === path && found.rule === rule)
      .map((found) => found.message);
    const fitting = messages.filter((text) => [path, ...says].every((part) => text.includes(part)));
    // Shows all that there is, should nothing fit.
    expect(fitting.length > 0 ? says : messages).toEqual(says);
  }
  for (const violation of violations.slice(0, 10)) expect(message).toContain(violation.message);
}

/** @param asked when the event was tracked, if it must carry the time of its acceptance */
function expectOnTheWire(
  { last }: WireRecorder,
  sent: unknown,
  maxEventBytes: number | undefined,
  asked: number | undefined,
): void {
  expect(last).toMatchObject({ method: 'POST', path: `/v1/accounts/${LICENSE_CODE}/events` });
  expect(wireBreaches(last, { apiKey: API_KEY, maxEventBytes })).toEqual([]);
  const body = JSON.parse(last.body.toString('utf8')) as { eventTime: string };
  if (asked === undefined) {
    expect(canonicalJson(body)).toBe(canonicalJson(sent));
    return;
  }
  expect(canonicalJson(body)).toBe(canonicalJson({ ...(sent as object), eventTime: body.eventTime }));
  expect(isDate(body.eventTime) && body.eventTime.endsWith('+0000')).toBe(true);
  const stamped = Date.parse(body.eventTime.replace('+0000', 'Z'));
  expect(stamped).toBeGreaterThanOrEqual(Math.floor(asked / 1000) * 1000);
  expect(stamped).toBeLessThanOrEqual(Date.now());
}
