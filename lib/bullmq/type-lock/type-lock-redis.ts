import { randomBytes } from 'node:crypto';
import type { TypeLockSettings } from '../../catalog/type-lock/type-lock-store.js';
import { waitAtMost } from '../../common/wait-at-most.js';
import { WebEngageError } from '../../errors/webengage.error.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { isRefusal, RedisAwayError, redisMessage } from '../redis/redis-errors.js';
import { RedisLog } from '../redis/redis-log.js';
import type { ResolvedRedisTypeLockOptions } from './resolve-redis-type-lock-options.js';
import { READ_TYPE_LOG, SETTLE_TYPES, type Witness } from './type-lock-scripts.js';

/** What Redis is called in the log: the delivery may have its own. */
export const REDIS = "The type lock's Redis";

export type TypeLockRedisSettings = Pick<TypeLockSettings, 'licenseCode' | 'maxAttributes' | 'logger'> &
  Pick<ResolvedRedisTypeLockOptions, 'prefix' | 'timeout'>;

/** What Redis answers to proposals. */
export interface Settlement {
  /** Whether the witness was in its place. */
  readonly isIntact: boolean;
  /** The end of the log by now. */
  readonly witness: Witness;
  /** The type that each attribute has, in the order of the proposals. */
  readonly types: readonly unknown[];
}

interface Scripts {
  settleTypes(...keysAndArguments: readonly (string | number)[]): Promise<[number, number, string, unknown[]]>;
  readTypeLog(...keysAndArguments: readonly (string | number)[]): Promise<string[] | null>;
}

/** What the type lock asks of Redis: each answer comes in time, or the promise rejects. */
export class TypeLockRedis {
  readonly typesKey: string;
  readonly logKey: string;
  // Private to the runtime: what leads to Redis leads to its password.
  readonly #connections: RedisConnections;
  readonly #scripts: Scripts;
  /** The end of the first attempt to reach Redis: what is asked before it waits for it. */
  private readonly attempted: Promise<void>;
  /** A Redis that is out of memory refuses to settle and lets read all the same. */
  private readonly refusals: Readonly<Record<'settle' | 'read', RedisLog>>;
  private isClosed = false;

  constructor(
    connections: RedisConnections,
    private readonly settings: TypeLockRedisSettings,
    private readonly log: RedisLog,
  ) {
    const { prefix, licenseCode, logger } = settings;
    // The braces keep both keys in one slot of a cluster, should a proxy hide one.
    this.typesKey = `${prefix}:{${licenseCode}}:types`;
    this.logKey = `${prefix}:{${licenseCode}}:types-log`;
    this.refusals = { settle: new RedisLog(logger, REDIS), read: new RedisLog(logger, REDIS) };
    const { commands } = connections;
    commands.defineCommand('settleTypes', { lua: SETTLE_TYPES, numberOfKeys: 2 });
    commands.defineCommand('readTypeLog', { lua: READ_TYPE_LOG, numberOfKeys: 1 });
    this.#connections = connections;
    this.#scripts = commands as unknown as Scripts;
    this.attempted = new Promise((resolve) => {
      for (const event of ['ready', 'error', 'close']) commands.once(event, () => resolve());
    });
  }

  /** @param pairs field and type of each attribute */
  async settle({ index, entry }: Witness, pairs: readonly string[]): Promise<Settlement> {
    const { typesKey, logKey } = this;
    // Proposing once more after no answer makes other entries: nobody takes them for those of before.
    const stamp = randomBytes(6).toString('base64url');
    const [isIntact, lastIndex, lastEntry, types] = await this.ask('settle', () =>
      this.#scripts.settleTypes(typesKey, logKey, index, entry, this.settings.maxAttributes, stamp, ...pairs),
    );
    return { isIntact: isIntact === 1, witness: { index: lastIndex, entry: lastEntry }, types };
  }

  /** @returns so many entries of the log at most, or undefined if the witness is not in its place */
  async read({ index, entry }: Witness, from: number, count: number): Promise<readonly string[] | undefined> {
    const entries = await this.ask('read', () =>
      this.#scripts.readTypeLog(this.logKey, index, entry, from, from + count - 1),
    );
    return entries ?? undefined;
  }

  close(): void {
    this.isClosed = true;
    this.#connections.close();
  }

  private async ask<Answer>(what: 'settle' | 'read', command: () => Promise<Answer>): Promise<Answer> {
    const { timeout } = this.settings;
    await waitAtMost(this.attempted, timeout, () => undefined, { unref: true });
    if (!this.#connections.isReady) throw new RedisAwayError();
    try {
      const answer = await waitAtMost(command(), timeout, () => this.giveUp(), { unref: true });
      this.log.works();
      this.refusals[what].works();
      return answer;
    } catch (error) {
      const log = isRefusal(error) ? this.refusals[what] : this.log;
      if (!this.isClosed) log.failed(error);
      // The client's own error holds the command, and may hold more.
      throw error instanceof WebEngageError ? error : new WebEngageError(`${REDIS}: ${redisMessage(error)}`);
    }
  }

  private giveUp(): never {
    throw new RedisAwayError(`Redis did not answer within ${this.settings.timeout} ms`);
  }
}
