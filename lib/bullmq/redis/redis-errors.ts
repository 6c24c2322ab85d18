import { withoutStop } from '../../common/without-stop.js';
import { WebEngageError } from '../../errors/webengage.error.js';

/** Redis cannot be reached. */
export class RedisAwayError extends WebEngageError {
  override readonly name = 'RedisAwayError';

  constructor(message = 'Redis cannot be reached') {
    super(message);
  }
}

/** What can be told of an error of Redis or its client. Its other fields hold commands, with passwords and events. */
export function redisMessage(error: unknown): string {
  const { name, message, code } = (error ?? {}) as { name?: unknown; message?: unknown; code?: unknown };
  if (name === 'MaxRetriesPerRequestError') return 'the connection broke before it answered';
  // Node reports several refused addresses in one error without a message.
  const text = [message, code].find((part) => typeof part === 'string' && part !== '') as string | undefined;
  return withoutStop((text ?? 'unknown error').split('\n', 1)[0] ?? '');
}

/** Whether BullMQ tells of one job that another worker has by now: it is seen to there, and Redis is well. */
export function isAboutLostJob(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'number' || String(message).startsWith('could not renew lock');
}

/** Whether Redis itself said no. */
export function isRefusal(error: unknown): boolean {
  return (error as { name?: unknown } | undefined)?.name === 'ReplyError';
}

/** Whether Redis may have done what it was asked to: it did not say no, and it was not left unasked. */
export function mayBeDone(error: unknown): boolean {
  const { message } = (error ?? {}) as { message?: unknown };
  const isUnsent = error instanceof RedisAwayError || String(message).startsWith("Stream isn't writeable");
  return !isRefusal(error) && !isUnsent;
}
