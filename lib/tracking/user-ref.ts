import type { UserRef } from './track-event.options.js';

/** A reference to whoever is given, null counting as not given; undefined if nobody is. */
export function refTo(userId: string | null | undefined, anonymousId: string | null | undefined): UserRef | undefined {
  if (userId == null && anonymousId == null) return undefined;
  return { ...(userId == null ? undefined : { userId }), ...(anonymousId == null ? undefined : { anonymousId }) };
}
