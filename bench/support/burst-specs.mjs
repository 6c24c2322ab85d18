const TIME_LIMIT = 40_000;

/** 100,000 events at once, without a warm-up. Shared between the figures: it is measured once for each library. */
export function burstSpec(library, events = 100_000) {
  return { measurement: 'burst', library, parameters: { events }, timeLimit: TIME_LIMIT };
}
