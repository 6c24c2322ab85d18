/** For so long WebEngage recognises a re-attempt by its `x-request-id`: four hours, in milliseconds. */
export const IDEMPOTENCY_WINDOW = 4 * 60 * 60 * 1000;

/** Whether a re-attempt at `time` would still be recognised, given when the first attempt was sent. */
export function isWithinIdempotencyWindow(windowStartedAt: number, time: number): boolean {
  return time - windowStartedAt < IDEMPOTENCY_WINDOW;
}
