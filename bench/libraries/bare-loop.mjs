import { Agent } from 'node:http';
import { CONCURRENCY } from './webengage.mjs';

export const HEADERS = { Authorization: 'Bearer bench-key', 'Content-Type': 'application/json' };

/** An agent as the loops' writer would set it up: connections are kept, and there are no more of them than workers. */
export function keepAliveAgent() {
  return new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
}

/**
 * A loop without any library: so many workers take the next events in order and send each before they take another.
 *
 * @param {(events: object[]) => Promise<unknown>} send sends what one call carries
 * @param {number} eventsPerCall
 */
export function bareLoop(send, eventsPerCall) {
  return async (from, to, eventOf) => {
    let next = from;
    const work = async () => {
      while (next < to) {
        const end = Math.min(next + eventsPerCall, to);
        const events = [];
        while (next < end) events.push(eventOf(next++));
        await send(events);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  };
}
