import type { Delivery } from './delivery.js';
import type { FailedCall, FailedCallsPage } from './failed-calls.js';

/**
 * The events that were given up and are kept outside this process, whichever process gave them up. A delivery from
 * memory keeps none: there `failed$` is the only word of them.
 *
 * @example
 * constructor(private readonly failedEvents: FailedEvents) {}
 *
 * for (const { id, events } of await this.failedEvents.list({ limit: 20 })) {
 *   if (events[0]?.reason === 'attempts exhausted') await this.failedEvents.retry(id);
 * }
 */
export class FailedEvents {
  // Private to the runtime: it may lead to a store's password.
  readonly #delivery: Delivery;

  constructor(delivery: Delivery) {
    this.#delivery = delivery;
  }

  /** Lists failed calls, the latest first: at most 100 of them, unless `limit` says otherwise. */
  async list({ offset = 0, limit = 100 }: FailedCallsPage = {}): Promise<FailedCall[]> {
    if (!(limit >= 1)) return [];
    return (await this.#delivery.failedCalls?.list({ offset: Math.max(0, Math.trunc(offset)), limit })) ?? [];
  }

  /**
   * Sends a failed call again, with the same bytes under the same id, and with all its attempts before it.
   *
   * @returns false if no failed call of that id is kept
   * @throws {RetryRefusedError} it may have been ingested more than four hours ago: WebEngage would not recognise it
   */
  async retry(id: string): Promise<boolean> {
    return (await this.#delivery.failedCalls?.retry(id)) ?? false;
  }

  /** Removes a failed call for good; false if no failed call of that id is kept. */
  async discard(id: string): Promise<boolean> {
    return (await this.#delivery.failedCalls?.discard(id)) ?? false;
  }
}
