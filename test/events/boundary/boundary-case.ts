import type { Rule } from 'nestjs-webengage';

/** A violation that is expected, and what its message must say besides the path: the limit and the actual. */
export interface ExpectedViolation {
  readonly path: string;
  readonly rule: Rule;
  readonly says: readonly string[];
}

/** One event at a rule's boundary. It is made anew for every use: proxies and getters may answer only once. */
export interface BoundaryCase {
  readonly title: string;
  readonly event: () => unknown;
  readonly outcome:
    { readonly sent: unknown; readonly stamped?: boolean } | { readonly violations: readonly ExpectedViolation[] };
}

export const TIME = '2018-09-15T18:29:00-0800';

/** A valid event with some fields replaced; an undefined one counts as not given. */
export function eventWith(fields: object): Record<string, unknown> {
  return { userId: 'johndoe', eventName: 'Added to Cart', eventTime: TIME, ...fields };
}

/** So many attributes with the value that `make` answers. */
export function attributes(count: number, make: (index: number) => unknown, prefix = 'Attribute'): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix} ${index}`, make(index)]));
}

/** The event is accepted, and its JSON arrives as it is, or as `sent` says. */
export function accepted(title: string, event: () => unknown, sent: () => unknown = event): BoundaryCase {
  return { title: `accepts ${title}`, event, outcome: { sent: sent() } };
}

/** As `accepted`, with the time of acceptance in the place of the missing `eventTime`. */
export function acceptedAndStamped(title: string, event: () => unknown): BoundaryCase {
  return { title: `accepts ${title}`, event, outcome: { sent: event(), stamped: true } };
}

/** The event is refused with exactly these violations. */
export function refused(title: string, event: () => unknown, ...violations: ExpectedViolation[]): BoundaryCase {
  return { title: `refuses ${title}`, event, outcome: { violations } };
}

export function violated(path: string, rule: Rule, ...says: string[]): ExpectedViolation {
  return { path, rule, says };
}
