import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { Violation } from '../../events/constraints/violation.js';

/** How many attributes of one event are looked at; WebEngage cannot keep more than 25 of each of six types. */
export const MAX_ATTRIBUTES_SEEN = 1_000;

/** An event that the sandbox answered with `queued` and took in, as WebEngage would: complaints are silent there. */
export interface SandboxEvent {
  /** Grows by one with each event that comes in; unique within its sandbox. */
  readonly id: number;
  /** The call's `x-request-id`, if it had one. */
  readonly requestId: string | undefined;
  /** When it came in, in milliseconds since 1970. */
  readonly receivedAt: number;
  readonly licenseCode: string;
  /** Whether it came by `/bulk-events`. */
  readonly bulk: boolean;
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
  readonly eventName: string;
  /** The names of the classes that declare it; absent where none does. */
  readonly classNames?: readonly string[];
  readonly eventTime: unknown;
  /** The attributes as they came. */
  readonly eventData: Readonly<Record<string, unknown>>;
  /** The attributes that WebEngage would keep; none if it would drop the whole event. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** What WebEngage would silently drop of it, and why. A path without `eventData` means the whole event. */
  readonly dropped: readonly Drop[];
}

/** Whether it is not an attribute alone that is dropped. */
export function isOfWholeEvent({ path }: Drop): boolean {
  return !path.startsWith('eventData');
}

/** Something that WebEngage would silently drop. */
export interface Drop extends Violation {
  /** Of an attribute whose data point has another type than the attribute: the latter. */
  readonly lockedType?: AttributeType;
  /** What to do about it. */
  readonly fix: string;
}
