const ONE_EVENT_A_CALL = new Set(['singleWebengage', 'directWebengage', 'httpServiceLoop', 'axiosTunedLoop']);

/** Events in warm-up and measurement, so that each takes a few seconds. In bulk: whole windows of the pacing. */
const EVENTS = {
  0: { bulk: { warmUp: 12_000, events: 24_000 }, single: { warmUp: 3_600, events: 9_600 } },
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
