import type { Log } from '../../common/log.js';
import type { MaybePromise } from '../../common/maybe-promise.js';
import type { LockedType } from './locked-type.js';

/**
 * Where the processes of one account agree on the data types of attributes: the first that proposes a type for an
 * attribute settles it. `track()` never waits for it: what a process learns is proposed behind it.
 */
export interface TypeLockStore {
  /**
   * The types that were settled since the last call of this method, by whichever process; at the first call, all. Called
   * when the application boots, and every few seconds from then on. What rejects is tried again later.
   */
  read(): Promise<readonly LockedType[]>;

  /**
   * Settles the types of attributes that have none yet.
   *
   * @returns for each proposed attribute, in order, the type that it has by now: the proposed one, or the one that another
   *   process was first with
   */
  settle(proposed: readonly LockedType[]): Promise<readonly LockedType[]>;

  /** Frees what the store holds. No other method is called from then on. */
  close(): Promise<void>;
}

/** What a store may need to know of the account whose types it keeps. */
export interface TypeLockSettings {
  readonly licenseCode: string;
  /** The name of the module's `account`, if it has one. */
  readonly account: string | undefined;
  /** Attributes that are locked at most, over all events. */
  readonly maxAttributes: number;
  readonly logger: Log;
  /**
   * Called by a store that finds that it has lost what was settled: a flushed Redis, say. What this process has locked is
   * to be proposed again. Not called when there was nothing at the first `read()`.
   */
  readonly onForgotten: () => void;
}

/** Makes a store when the application boots. */
export type TypeLockStoreFactory = (settings: TypeLockSettings) => MaybePromise<TypeLockStore>;
