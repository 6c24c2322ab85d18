import { LONGEST_TIMER } from './longest-timer.js';

/**
 * Waits for a promise, but not for longer than so many milliseconds; then `otherwise` answers. The wait keeps the
 * process alive, unless `unref` is set.
 */
export async function waitAtMost<Value, Otherwise>(
  promise: PromiseLike<Value>,
  milliseconds: number,
  otherwise: () => Otherwise,
  { unref = false }: { unref?: boolean } = {},
): Promise<Value | Otherwise> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_TIMER));
    if (unref) timer.unref();
  });
  try {
    return await Promise.race([promise, timeout.then(otherwise)]);
  } finally {
    clearTimeout(timer);
  }
}
