import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { AxiosProxyConfig } from 'axios';
import type { TypeLockStoreFactory } from './catalog/type-lock/type-lock-store.js';
import type { DeliveryFactory } from './delivery/delivery.js';
import type { BeforeSend } from './events/before-send.js';
import type { OnTypeConflict } from './events/type-conflicts.js';
import type { Instrumentation } from './instrumentation/instrumentation.js';
import type { PayloadRedaction } from './instrumentation/payload-log.js';
import type { Identify } from './tracking/track-event.options.js';

/** Where the account lives: WebEngage's global, Indian or Saudi Arabian data center. */
export type DataCenter = 'global' | 'india' | 'ksa';

/** What `track()` does with an event that it refuses. */
export type OnRefused = 'reject' | 'report';

/** What a full buffer does with a further event: refuse it, or give up the oldest event for it. */
export type Overflow = 'reject' | 'drop-oldest';

/** When events go in bulk: never, when single calls cannot keep up, or always. */
export type BulkPolicy = 'never' | 'backlog' | 'always';

export interface RetryOptions {
  /**
   * How many times an event is sent at most, the first attempt included. Default: 10; 3 with direct delivery. In the
   * background a call over the quota (429) does not count, nor one made to see whether WebEngage can be reached again.
   */
  maxAttempts?: number;
  /**
   * The upper bound of the first pause in milliseconds; it doubles with each attempt. Default: 250. While WebEngage cannot
   * be reached, background delivery tries it again after four times as long at first.
   */
  minDelay?: number;
  /**
   * The upper bound of every pause in milliseconds. Default: 30,000. A longer `Retry-After` is obeyed all the same, up to
   * an hour; with direct delivery up to a minute, or up to this if it is longer.
   */
  maxDelay?: number;
}

export interface HttpOptions {
  /** Used for `http:` hosts. Default: a keep-alive agent. */
  httpAgent?: HttpAgent;
  /** Used for `https:` hosts, for example with a private certificate authority. Default: a keep-alive agent. */
  httpsAgent?: HttpsAgent;
  /** Default: what `HTTPS_PROXY` and `NO_PROXY` say, as axios reads them. `false`: none. */
  proxy?: AxiosProxyConfig | false;
}

export interface TypeLockOptions {
  /** Events whose attributes' types are locked, at most. Default: 10,000. Those of further events are not. */
  maxEvents?: number;
  /** Attributes whose types are locked, over all events, at most. Default: 250,000. */
  maxAttributes?: number;
  /**
   * The lock file that `npx nestjs-webengage lock` writes, whose types are locked from the start. Default:
   * `webengage.lock.json` in the working directory, if it is there; one that is named here must be. `false`: none.
   */
  lockFile?: string | false;
  /** Where the processes of one account agree on types: `redisTypeLock()`. Default: each process goes by what it knows. */
  store?: TypeLockStoreFactory;
}

interface DeliveryOptions {
  /** Events that are pending at one time at most. Default: 10,000. */
  maxPending?: number;
  /** Bytes of pending events' JSON at one time at most. Default: 67,108,864 (64 MiB). */
  maxPendingBytes?: number;
  /** Calls to WebEngage at one time at most. Default: 16. */
  concurrency?: number;
  /** How long a shutdown waits for pending events, in milliseconds. Default: 10,000. */
  shutdownTimeout?: number;
}

/** How many calls this process may make. WebEngage's own limits are those of the whole account. */
export interface QuotaOptions {
  /** Calls with a single event within `interval`. Default: 5,000. */
  single?: number;
  /** Bulk calls within `interval`. Default: 500. */
  bulk?: number;
  /** The length of WebEngage's window in milliseconds. Default: 60,000. */
  interval?: number;
}

/** Takes each event into memory, where `track()` is done with it, and delivers it behind it. */
export interface BackgroundDeliveryOptions extends DeliveryOptions {
  mode?: 'background';
  /**
   * What happens when a further event finds no room: `reject` (default) refuses it with `BufferFullError`; `drop-oldest`
   * gives up the oldest events instead and reports them on `failed$`. What is under way cannot be dropped: events that
   * find no room beside it are refused all the same.
   */
  overflow?: Overflow;
  /**
   * WebEngage's quota. Calls are spread over the interval, and no interval of that length ever holds more of them. What
   * WebEngage's answers say of the quota is obeyed too, so that several processes share it.
   */
  quota?: QuotaOptions;
  /**
   * Whether events go 25 at a time: `backlog` (default), when single calls cannot keep up; `never`; or `always`. WebEngage
   * documents the recognition of re-attempts for single calls only.
   */
  bulk?: BulkPolicy;
  /** A backlog is what single calls cannot drain within so many milliseconds. Default: 5,000. */
  bulkAfter?: number;
}

/** Sends each event when it is tracked; `track()` resolves when WebEngage has answered. */
export interface DirectDeliveryOptions extends DeliveryOptions {
  mode: 'direct';
}

export interface WebEngageModuleOptions {
  /** The account's license code, from the dashboard under Data Platform → Integrations → REST API. */
  licenseCode: string;
  /** The REST API key. It appears in no log, error or `inspect()`. */
  apiKey: string;
  /** Default: `global`. */
  dataCenter?: DataCenter;
  /** The API's origin, such as `https://api.webengage.com`; wins over `dataCenter`. https, or http on loopback. */
  host?: string;
  /** Lets `host` be plain http beyond loopback, for a sandbox in another container. Default: false. */
  allowInsecureHost?: boolean;
  /** `false`: events are checked, but nothing is sent; the key and the license code may be absent. Default: true. */
  enabled?: boolean;
  /** Milliseconds for one attempt, from connecting to the end of the answer. Default: 10,000. */
  timeout?: number;
  retry?: RetryOptions;
  /** Bytes of one event's JSON. Default: 1,048,576 (1 MiB). */
  maxEventBytes?: number;
  /**
   * What `track()` does with an event that breaks a rule or finds no room: `reject` (default), or `report`: log it and
   * resolve with the state `refused`.
   */
  onRefused?: OnRefused;
  /**
   * What becomes of an event with an attribute whose value has another data type than it had first, was declared with, or
   * has in the lock file; and of the 26th attribute of a type. WebEngage would silently drop the value. `drop-attribute`
   * (default): it is left out, and the rest of the event arrives; `reject`: the event is refused; `warn`: it is sent all
   * the same. Each attribute's first conflict is logged, all are counted in `stats()`.
   */
  onTypeConflict?: OnTypeConflict;
  typeLock?: TypeLockOptions;
  /**
   * Called with each valid event before it is frozen, for consent or personal data: returns it, another one in its place, or
   * `null` to drop it. What it returns is held against the same rules. An event for which it fails is refused. A dropped
   * event is counted as `skipped`, and its receipt says so. It gets a copy, and must be quick: it is called by `track()`, though
   * not for an event that is sent again by `retry()`.
   */
  beforeSend?: BeforeSend;
  /**
   * Whether what is sent, and what it is answered with, is written to Nest's logger at the level `verbose`; a function
   * returns what stands there in an event's place. Default: false.
   */
  logPayloads?: boolean | PayloadRedaction;
  /** Told of accepted events and of attempts, for traces and metrics: `openTelemetry()` of `nestjs-webengage/otel`. */
  instrumentation?: Instrumentation;
  /** Handed to axios. */
  http?: HttpOptions;
  /**
   * Default: `{ mode: 'background' }`. A function makes a delivery of another kind: `bullMqDelivery()`, or one of your own.
   */
  delivery?: BackgroundDeliveryOptions | DirectDeliveryOptions | DeliveryFactory;
  /** Answers whom the events of `@TrackEvent()` are about, where a decorator does not say so itself. */
  identify?: Identify;
}

/** The module's options where nothing is sent: the credentials may be absent. */
export type DisabledModuleOptions = Omit<WebEngageModuleOptions, 'licenseCode' | 'apiKey' | 'enabled'> &
  Partial<Pick<WebEngageModuleOptions, 'licenseCode' | 'apiKey'>> & { enabled: false };

/** Implemented by the class of `forRootAsync({ useClass })` or `forRootAsync({ useExisting })`. */
export interface WebEngageOptionsFactory {
  createWebEngageOptions():
    WebEngageModuleOptions | DisabledModuleOptions | Promise<WebEngageModuleOptions | DisabledModuleOptions>;
}
