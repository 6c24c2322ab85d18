// Node fires a timer with a longer delay at once.
const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits for a promise, but not for longer than so many milliseconds; then `otherwise` answers. */
export async function waitAtMost<Value, Otherwise>(
  promise: PromiseLike<Value>,
  milliseconds: number,
  otherwise: () => Otherwise,
): Promise<Value | Otherwise> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_TIMER));
  });
  try {
    return await Promise.race([promise, timeout.then(otherwise)]);
  } finally {
    clearTimeout(timer);
  }
}
