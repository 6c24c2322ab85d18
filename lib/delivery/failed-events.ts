import type { Delivery } from './delivery.js';
import type { FailedCall, FailedCallsPage } from './failed-calls.js';

const LONGEST_PAGE = 10_000;

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

  /**
   * Lists failed calls, the latest first: at most 100 of them, unless `limit` says otherwise (10,000 at most).
   *
   * @throws {WebEngageError} the store cannot be reached
   */
  async list({ offset = 0, limit = 100 }: FailedCallsPage = {}): Promise<FailedCall[]> {
    const page = { offset: wholeNumber(offset), limit: Math.min(wholeNumber(limit), LONGEST_PAGE) };
    return page.limit === 0 ? [] : ((await this.#delivery.failedCalls?.list(page)) ?? []);
  }

  /**
   * Sends a failed call again, with the same bytes under the same id, and with all its attempts before it.
   *
   * @returns false if no failed call of that id is kept
   * @throws {RetryRefusedError} it may have been ingested more than four hours ago: WebEngage would not recognise it
   * @throws {WebEngageError} the store cannot be reached
   */
  async retry(id: string): Promise<boolean> {
    return (await this.#delivery.failedCalls?.retry(id)) ?? false;
  }

  /**
   * Removes a failed call for good; false if no failed call of that id is kept.
   *
   * @throws {WebEngageError} the store cannot be reached
   */
  async discard(id: string): Promise<boolean> {
    return (await this.#delivery.failedCalls?.discard(id)) ?? false;
  }
}

/** What is no number counts as none. */
function wholeNumber(value: number): number {
  return Math.max(0, Math.trunc(value) || 0);
}
