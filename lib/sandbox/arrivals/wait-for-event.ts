import { deferred } from '../../common/deferred.js';
import { waitAtMost } from '../../common/wait-at-most.js';
import { WaitTimeoutError } from '../../errors/wait-timeout.error.js';
import { WebEngageError } from '../../errors/webengage.error.js';
import type { Arrival } from './arrival.js';
import type { ArrivalLog } from './arrival-log.js';

/** How to wait for an event. */
export interface Wait {
  readonly isWanted: (arrival: Arrival) => boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
  /** Says what came in instead, where nothing wanted did. */
  readonly describeInstead: () => string;
}

/**
 * Waits for an event to be ingested: the oldest that is wanted and remembered, or else the first to come.
 *
 * @throws {WaitTimeoutError} none came in time
 * @throws {WebEngageError} the sandbox was closed, or the signal ended the wait
 * @throws whatever `isWanted` throws
 */
export async function waitForEvent(log: ArrivalLog, wait: Wait): Promise<Arrival> {
  const { isWanted, timeout, signal, describeInstead } = wait;
  const found = log.ingestedArrivals().find(isWanted);
  if (found) return found;
  const wanted = deferred<Arrival>();
  const stop = (): void => wanted.reject(new WebEngageError('The sandbox was closed while an event was waited for'));
  const stopListening = log.listen({
    changed(arrivals) {
      // A predicate that throws fails its own wait, not the call that came in.
      try {
        const match = arrivals.find((arrival) => arrival.event !== undefined && isWanted(arrival));
        if (match) wanted.resolve(match);
      } catch (error) {
        wanted.reject(error as Error);
      }
    },
    cleared: () => undefined,
    closed: stop,
  });
  signal?.addEventListener('abort', stop);
  try {
    return await waitAtMost(wanted.promise, timeout, () => {
      throw new WaitTimeoutError(timeout, describeInstead());
    });
  } finally {
    stopListening();
    signal?.removeEventListener('abort', stop);
  }
}
