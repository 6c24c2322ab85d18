const ONE_EVENT_A_CALL = new Set(['singleWebengage', 'directWebengage', 'httpServiceLoop', 'axiosTunedLoop']);

/**
 * Events in warm-up and measurement: so many that what is measured is compiled code, as in a process that has run for a
 * while. In bulk: whole windows of the pacing.
 */
const EVENTS = {
  0: { bulk: { warmUp: 48_000, events: 48_000 }, single: { warmUp: 3_600, events: 9_600 } },
  20: { bulk: { warmUp: 2_400, events: 6_000 }, single: { warmUp: 400, events: 1_600 } },
};

/** The specs of throughput, shared between the figures: each is measured once. */
export function throughputSpecs(names, latency = 0) {
  return names.map((library) => ({
    measurement: 'throughput',
    library,
    parameters: EVENTS[latency][ONE_EVENT_A_CALL.has(library) ? 'single' : 'bulk'],
    latency,
  }));
}
