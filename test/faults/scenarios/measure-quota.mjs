/**
 * How a quota was used, as WebEngage saw it: the part of it that was used within `period` milliseconds of the first
 * call, the part of the calls that were beyond it, the most calls that any interval held, and who got how much.
 */
export function measureQuota({ seen: { calls, ingested }, period, quota: { single, interval } }) {
  const times = calls.map(({ at }) => at).sort((one, other) => one - other);
  const end = times[0] + period;
  const taken = calls.filter(({ at, status }) => at < end && status === 201).length;
  const refused = calls.filter(({ status }) => status === 429).length;
  return {
    used: taken / (single * (period / interval)),
    refused: refused / calls.length,
    mostInAWindow: mostWithin(times, interval),
    shares: sharesOf(ingested),
  };
}

/**
 * How many calls an interval held: at most, at least, and on average, wherever it lies between `beginning` milliseconds
 * after the first call and the last call. `times` in their order.
 */
export function callsWithin(times, interval, beginning) {
  const from = times[0] + beginning;
  // Where the last interval begins.
  const until = times.at(-1) - interval;
  const held = times.filter((time) => time > from);
  // Fewest are in the intervals that begin right after a call.
  const after = held.filter((time) => time <= until);
  const least = Math.min(...after.map((time) => countBetween(held, time, time + interval)));
  const lengths = held.map((time) => Math.max(0, Math.min(time, until) - Math.max(time - interval, from)));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / (until - from);
  return { most: mostWithin(times, interval), least, mean };
}

/** Those after `from`, up to `until`. */
function countBetween(times, from, until) {
  return times.filter((time) => time > from && time <= until).length;
}

/** `times` in their order. */
export function mostWithin(times, interval) {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= interval) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function sharesOf(ingested) {
  const counts = new Map();
  for (const { userId } of ingested) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return [...counts.values()].map((count) => `${Math.round((100 * count) / ingested.length)} %`);
}
