/** A longer pause is read as this one: nothing may come to a stop for long over a wrong header. One hour. */
const LONGEST_PAUSE = 60 * 60 * 1000;

/** Reads a `Retry-After` header, in seconds or as a date, into milliseconds from `now`; undefined if it says neither. */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.min(LONGEST_PAUSE, seconds * 1000) : undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.min(LONGEST_PAUSE, Math.max(0, date - now));
}
