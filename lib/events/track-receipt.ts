/**
 * How far an event has come when `track()` resolves:
 * - `accepted`: it is in this process's memory, checked and frozen; delivery goes on behind it;
 * - `durable`: it is stored outside this process;
 * - `delivered`: WebEngage answered `queued`;
 * - `refused`: it breaks a rule, finds no room or comes after the shutdown, and `onRefused: 'report'` is set; the log says why;
 * - `skipped`: `beforeSend` dropped it;
 * - `disabled`: it is valid, and `enabled: false` is set; nothing is sent.
 */
export type TrackState = 'accepted' | 'durable' | 'delivered' | 'refused' | 'skipped' | 'disabled';

export interface TrackReceipt {
  /** The `x-request-id` under which the event is sent: 32 random hexadecimal digits. */
  readonly requestId: string;
  readonly state: TrackState;
}
