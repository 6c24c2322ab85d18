// @ts-check

const HIDDEN_DELAY = 300;

/**
 * Gathers requests into one run per animation frame. A hidden page has no frames: a timer stands in for them.
 * @param {() => void} work
 */
export function perFrame(work) {
  let timer = 0;
  let frame = 0;
  const run = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = 0;
    work();
  };
  return () => {
    if (timer) return;
    timer = window.setTimeout(run, HIDDEN_DELAY);
    frame = requestAnimationFrame(run);
  };
}

/**
 * At most one run per interval; the last request is never lost.
 * @param {() => void} work
 * @param {number} interval milliseconds
 */
export function throttled(work, interval) {
  let timer = 0;
  let last = -Infinity;
  const run = () => {
    timer = 0;
    last = performance.now();
    work();
  };
  return () => {
    if (!timer) timer = window.setTimeout(run, Math.max(0, last + interval - performance.now()));
  };
}
