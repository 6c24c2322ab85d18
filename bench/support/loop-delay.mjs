import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION = 1;

/** Watches how late the event loop's timers come; the function returned tells it in milliseconds. */
export function watchLoopDelay() {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  return () => {
    histogram.disable();
    // Without a single turn of the loop there is nothing to tell.
    if (histogram.count === 0) return { p99: 0, max: 0 };
    return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
  };
}
