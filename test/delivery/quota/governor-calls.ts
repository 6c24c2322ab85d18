import { CLOCK_GUARD } from '../../../lib/delivery/quota/call-log.js';
import { type QuotaAnswer, QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';

export const INTERVAL = 1_000;
export const SLOT_FREE_AFTER = INTERVAL + CLOCK_GUARD;
export const QUEUED: QuotaAnswer = { status: 201 };
export const REFUSED: QuotaAnswer = { status: 429 };

export function governorOf(limit: number, interval = INTERVAL): QuotaGovernor {
  return new QuotaGovernor(limit, interval);
}

/** A governor that spreads nothing, so that only the slots and the pauses are seen. */
export function unspread(limit: number): QuotaGovernor {
  const governor = governorOf(limit);
  governor.stopSpreading();
  return governor;
}

/** Starts calls for as long as they may go at once; returns how many. */
export function startAll(governor: QuotaGovernor, now: number): number {
  let started = 0;
  for (; governor.waitTime(now) === 0; started++) governor.start(now);
  return started;
}

export function call(governor: QuotaGovernor, now: number, answer: QuotaAnswer = QUEUED): void {
  governor.start(now);
  governor.end(now, answer);
}

/** Without Jest's expect in the usual case: it takes longer than all the rest. */
export function expectReady(governor: QuotaGovernor, now: number): void {
  if (governor.waitTime(now) !== 0) throw new Error(`no call may start at ${now}`);
}
