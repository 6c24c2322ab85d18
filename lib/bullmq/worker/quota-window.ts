import type { CallKind } from '../../http/outgoing-call.js';
import type { QuotaOptions } from '../../webengage.options.js';

/** BullMQ's limit of one queue: so many starts within a window that begins with the first of them. */
export interface QuotaWindow {
  readonly max: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** Long enough for the pause between two windows not to count, short enough for calls to be spread. */
const WINDOW = 1_000;

/**
 * A window so small that no interval of the quota's length ever holds more calls than the quota: such an interval
 * touches one window more than fit into it, and all calls of a window may come at any moment of it.
 */
export function quotaWindow(quota: Readonly<Required<QuotaOptions>>, kind: CallKind): QuotaWindow {
  const calls = quota[kind];
  const { interval } = quota;
  // At least one call must fit into a window, so a small quota has few and long ones.
  const wanted = Math.max(1, Math.min(Math.floor(interval / Math.min(WINDOW, interval / 10)), calls - 1));
  const max = Math.max(1, Math.floor(calls / (wanted + 1)));
  const windows = Math.max(1, Math.floor(calls / max) - 1);
  return { max, duration: Math.ceil(interval / windows) };
}
