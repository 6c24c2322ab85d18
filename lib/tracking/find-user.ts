import { whenReady, type MaybePromise } from '../common/maybe-promise.js';
import type { Identify, TrackEventContext, UserRef } from './track-event.options.js';
import { refTo } from './user-ref.js';

const IDENTIFIERS = ['id', 'userId', 'sub'] as const;

/** Whom an event is about where its decorator does not say: the module's `identify` answers, else `request.user`. */
export function findUser(
  context: TrackEventContext,
  identify: Identify | undefined,
): MaybePromise<UserRef | undefined> {
  const signedIn = signedInUser((context.request as { user?: unknown } | null | undefined)?.user);
  return whenReady(identify?.(context), (user) => refTo(user?.userId, user?.anonymousId) ?? signedIn);
}

function signedInUser(user: unknown): UserRef | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  for (const identifier of IDENTIFIERS) {
    const value = (user as Record<string, unknown>)[identifier];
    if (typeof value === 'string' && value.trim() !== '') return { userId: value };
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) {
      return { userId: String(value) };
    }
  }
  return undefined;
}
