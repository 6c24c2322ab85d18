import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { AxiosProxyConfig } from 'axios';
import type { Identify } from './tracking/track-event.options.js';

/** Where the account lives: WebEngage's global, Indian or Saudi Arabian data center. */
export type DataCenter = 'global' | 'india' | 'ksa';

/** What `track()` does with an event that it refuses. */
export type OnRefused = 'reject' | 'report';

export interface RetryOptions {
  /** How many times an event is sent at most, the first attempt included. Default: 3 with direct delivery. */
  maxAttempts?: number;
  /** The upper bound of the first pause in milliseconds; it doubles with each attempt. Default: 250. */
  minDelay?: number;
  /** The upper bound of every pause in milliseconds. Default: 30,000. `Retry-After` is obeyed up to a minute, or up to this if it is longer. */
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

/** Sends each event when it is tracked; `track()` resolves when WebEngage has answered. */
export interface DirectDeliveryOptions {
  mode: 'direct';
  /** Events on their way at one time; more are refused with `BufferFullError`. Default: 10,000. */
  maxPending?: number;
  /** Bytes of JSON on their way at one time. Default: 67,108,864 (64 MiB). */
  maxPendingBytes?: number;
  /** Calls to WebEngage at one time; further events wait their turn. Default: 16. */
  concurrency?: number;
  /** How long a shutdown waits for pending events, in milliseconds. Default: 10,000. */
  shutdownTimeout?: number;
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
  /** Handed to axios. */
  http?: HttpOptions;
  /** Default: `{ mode: 'direct' }`. */
  delivery?: DirectDeliveryOptions;
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
