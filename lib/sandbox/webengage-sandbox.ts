import { describeValue } from '../common/describe-value.js';
import { WebEngageError } from '../errors/webengage.error.js';
import { type EventMatch, matchesEvent } from '../matching/event-match.js';
import type { LockedTypes } from './account/locked-types.js';
import { describeInstead } from './arrivals/describe-instead.js';
import type { SandboxArrival } from './arrivals/sandbox-arrival.js';
import type { SandboxEvent } from './arrivals/sandbox-event.js';
import { waitForEvent } from './arrivals/wait-for-event.js';
import { ControlApi } from './control-api/control-api.js';
import type { SandboxFaults } from './faults/sandbox-fault.js';
import { resolveSandboxOptions } from './resolve-sandbox-options.js';
import type { SandboxOptions } from './sandbox.options.js';
import type { SandboxClock } from './sandbox-clock.js';
import { type SandboxSnapshot, SandboxState } from './sandbox-state.js';
import { seedSandbox } from './seed-sandbox.js';
import { BodyBudget } from './http/read-body.js';
import { SandboxServer } from './sandbox-server.js';
import { KeyCheck } from './webengage-api/key-check.js';
import { WebEngageApi } from './webengage-api/webengage-api.js';

/** Bytes of bodies that are read at one time. */
const MAX_BODIES = 128 * 1_048_576;
/** Less than the 5,000 after which test runners end a test: it would never be seen why. */
const WAIT_TIMEOUT = 4_000;

/** Which event is waited for: fields that it has, or a function that says yes to it. */
export type WantedEvent = EventMatch | ((event: SandboxEvent) => boolean);

export interface WaitOptions {
  /** Milliseconds. Default: 4,000, for test runners end a test after 5,000. */
  timeout?: number;
  /** Waits for one that was ingested after the event with this `id`. Default: any that is remembered will do. */
  after?: number;
}

/**
 * A double of WebEngage's events API: it answers as WebEngage does, and says for each event what WebEngage would
 * silently drop, and why. At its `url` it has a page that shows what comes in, and an API for tests in other languages.
 * Many can run side by side.
 *
 * @example
 * const sandbox = await WebEngageSandbox.start({ port: 0 });
 * // … give sandbox.url to the module as its host, and track …
 * const event = await sandbox.waitFor({ eventName: 'Added to Cart', userId: 'johndoe' });
 * console.log(event.kept, event.dropped);
 * await sandbox.close();
 */
export class WebEngageSandbox {
  /** What to give to the module as its `host`, or to the environment as `WEBENGAGE_HOST`. */
  readonly url: string;
  /** Whether nobody but this machine can reach it. */
  readonly isOnLoopback: boolean;
  /** Makes calls go wrong. */
  readonly faults: SandboxFaults;
  /** The time by which quotas, request ids and arrivals are counted. */
  readonly clock: SandboxClock;

  private constructor(
    private readonly server: SandboxServer,
    private readonly state: SandboxState,
  ) {
    this.url = server.url;
    this.isOnLoopback = server.isOnLoopback;
    this.faults = state.faults;
    this.clock = state.clock;
  }

  /**
   * Starts a sandbox and resolves when it listens.
   *
   * @throws {ConfigurationError} (as a rejection) options are wrong, or an event of the seed cannot be taken in
   * @throws the system's error when the port is taken
   */
  static async start(options: SandboxOptions = {}): Promise<WebEngageSandbox> {
    const resolved = await resolveSandboxOptions(options);
    const state = new SandboxState(resolved);
    const budget = new BodyBudget(MAX_BODIES);
    const webEngageApi = new WebEngageApi(state, new KeyCheck(resolved.apiKey), budget);
    seedSandbox(webEngageApi, resolved);
    const server = new SandboxServer(webEngageApi, new ControlApi(state, budget));
    await server.listen(resolved.port, resolved.host);
    return new WebEngageSandbox(server, state);
  }

  /**
   * The events that were ingested, oldest first, each once: re-attempts under a known request id are not among them.
   *
   * @param wanted only those; all by default
   *
   * @example
   * sandbox.events({ userId: 'johndoe' }).map(({ eventName }) => eventName);
   */
  events(wanted: WantedEvent = {}): SandboxEvent[] {
    const isWanted = toPredicate(wanted);
    return this.state.arrivals
      .ingestedArrivals()
      .flatMap(({ event }) => (event !== undefined && isWanted(event) ? [event] : []));
  }

  /**
   * Waits for an event to be ingested: the oldest that is wanted and remembered, or else the first to come.
   *
   * @throws {WaitTimeoutError} none came in time; the message has the nearest one that did, and how it differs
   * @throws {WebEngageError} the sandbox was closed meanwhile, or what is wanted, or the timeout, makes no sense
   *
   * @example
   * const first = await sandbox.waitFor({ eventName: 'Purchased' });
   * const second = await sandbox.waitFor({ eventName: 'Purchased' }, { after: first.id, timeout: 1_000 });
   */
  async waitFor(wanted: WantedEvent, { timeout = WAIT_TIMEOUT, after = 0 }: WaitOptions = {}): Promise<SandboxEvent> {
    checkWait(wanted, timeout);
    const isWanted = toPredicate(wanted);
    const { arrivals } = this.state;
    const { event } = await waitForEvent(arrivals, {
      isWanted: (arrival) =>
        arrival.event !== undefined && arrivals.isIngestedAfter(arrival, after) && isWanted(arrival.event),
      timeout,
      describeInstead: () => describeInstead(arrivals, typeof wanted === 'function' ? undefined : wanted),
    });
    return event as SandboxEvent;
  }

  /** Everything that came in, oldest first, with what became of it: what was refused or spoilt by a fault too. */
  arrivals(): SandboxArrival[] {
    return this.state.arrivals.all().map((arrival) => arrival.view());
  }

  /** The data types that are locked by now, for each event and account: those that are declared too. */
  types(): LockedTypes[] {
    return this.state.types();
  }

  /** Counts, the use of the quota, the faults and the time. */
  snapshot(): SandboxSnapshot {
    return this.state.snapshot();
  }

  /** Forgets the events and the counts. What they taught of request ids and data types stays, as with WebEngage. */
  clear(): void {
    this.state.clearEvents();
  }

  /** Forgets everything: faults, the clock, and what a seed taught it too. What `catalog` and `lockFile` declare holds. */
  reset(): void {
    this.state.reset();
  }

  /** Stops listening, closes every connection and ends every wait. */
  async close(): Promise<void> {
    this.state.arrivals.close();
    await this.server.close();
  }
}

function checkWait(wanted: unknown, timeout: unknown): void {
  if (typeof wanted !== 'function' && (typeof wanted !== 'object' || wanted === null)) {
    throw new WebEngageError(`What is waited for must be an object or a function, but is ${describeValue(wanted)}`);
  }
  if (typeof timeout !== 'number' || !(timeout >= 0)) {
    const actual = typeof timeout === 'number' ? String(timeout) : describeValue(timeout);
    throw new WebEngageError(`The timeout must be a number of milliseconds from 0, but is ${actual}`);
  }
}

function toPredicate(wanted: WantedEvent): (event: SandboxEvent) => boolean {
  return typeof wanted === 'function' ? wanted : (event) => matchesEvent(event, wanted);
}
