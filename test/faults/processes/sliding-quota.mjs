/** Lets so many calls through in any interval, whenever it begins; the sandbox's own quota counts by the clock's minutes. */
export class SlidingQuota {
  #quota;
  #taken = { single: [], bulk: [] };

  /** `single` and `bulk` calls within `interval` milliseconds. */
  constructor(quota) {
    this.#quota = quota;
  }

  /** Whether a call that comes now is let through. */
  take(kind, now) {
    const times = this.#taken[kind];
    while (times[0] <= now - this.#quota.interval) times.shift();
    if (times.length >= this.#quota[kind]) return false;
    times.push(now);
    return true;
  }
}
