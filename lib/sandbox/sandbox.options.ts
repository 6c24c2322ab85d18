import type { EventType } from '../events/event-class.js';

/** How many calls an account may make. */
export interface SandboxQuota {
  /** Calls to `/events` within `interval`. Default: 5,000. */
  single?: number;
  /** Calls to `/bulk-events` within `interval`. Default: 500. */
  bulk?: number;
  /** Milliseconds. Default: 60,000. */
  interval?: number;
}

/** An event that the sandbox has taken in before it listens, as WebEngage's API takes it. */
export interface SeedEvent {
  /** The account that it belongs to. Default: the sandbox's own `licenseCode`, which wins over it. */
  readonly licenseCode?: string;
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly eventName?: unknown;
  readonly eventTime?: unknown;
  readonly eventData?: unknown;
}

export interface SandboxOptions {
  /** Default: 0, any free port. */
  port?: number;
  /**
   * The address to listen at. Default: `127.0.0.1`, this machine alone. At any other address everybody who can reach it
   * can send, read and clear events.
   */
  host?: string;
  /** The only key that is let in; any other is answered with 401. Default: every key is let in. */
  apiKey?: string;
  /** The only account there is; any other is answered with 404. Default: every account is there. */
  licenseCode?: string;
  quota?: SandboxQuota;
  /**
   * Events that it remembers, and as many that were refused; the oldest are forgotten first. What they taught of request
   * ids and data types is kept. Default: 10,000.
   */
  maxEvents?: number;
  /** Bytes of remembered events' JSON. Default: 33,554,432 (32 MiB). */
  maxBytes?: number;
  /** The time in milliseconds since 1970, unless `clock` was set. Default: the system's. */
  now?: () => number;
  /** Events that are taken in before it listens, so that the data types of their attributes are locked. */
  seed?: readonly SeedEvent[];
  /**
   * Classes with `@WebEngageEvent()`. The data types that they declare are locked from the beginning, in every account,
   * and each event is shown with the name of its class.
   */
  catalog?: readonly EventType[];
  /**
   * The path of a `webengage.lock.json`. Its data types are locked from the beginning, in every account; where a class
   * of the `catalog` disagrees, the lock file holds.
   */
  lockFile?: string;
}
