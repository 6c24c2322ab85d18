import type { LockedType } from '../../catalog/type-lock/locked-type.js';
import type { TypeLockSettings, TypeLockStore } from '../../catalog/type-lock/type-lock-store.js';
import { OnceLog } from '../../common/once-log.js';
import { fieldOf, readEntry, typeOf } from './type-entries.js';
import type { TypeLockRedis } from './type-lock-redis.js';
import { NO_WITNESS } from './type-lock-scripts.js';

/** Attributes for which Redis is asked at one time: it does nothing else meanwhile. */
const CHUNK = 500;

/** Keeps the types of one account in Redis, where the first process that proposes one for an attribute settles it. */
export class RedisTypeLockStore implements TypeLockStore {
  readonly #redis: TypeLockRedis;
  private readonly onceLog: OnceLog;
  /** The last entry that is known to be in the log, read or not. */
  private witness = NO_WITNESS;
  /** How many entries of the log were read. */
  private readUpTo = 0;
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    redis: TypeLockRedis,
    private readonly settings: Pick<TypeLockSettings, 'logger' | 'onForgotten'>,
  ) {
    this.#redis = redis;
    this.onceLog = new OnceLog(settings.logger);
  }

  read(): Promise<readonly LockedType[]> {
    return this.inTurn(() => this.readOn());
  }

  settle(proposed: readonly LockedType[]): Promise<readonly LockedType[]> {
    return this.inTurn(async () => {
      const settled: LockedType[] = [];
      for (let from = 0; from < proposed.length; from += CHUNK) {
        settled.push(...(await this.settleChunk(proposed.slice(from, from + CHUNK))));
      }
      return settled;
    });
  }

  close(): Promise<void> {
    this.#redis.close();
    return Promise.resolve();
  }

  private async readOn(): Promise<readonly LockedType[]> {
    let found: LockedType[] = [];
    let from = this.readUpTo;
    let isAtEnd = false;
    while (!isAtEnd) {
      const entries = await this.#redis.read(this.witness, from, CHUNK);
      if (entries) {
        for (const entry of entries) found.push(...this.understood(entry));
        from += entries.length;
        const last = entries.at(-1);
        if (last !== undefined && from > this.witness.index) this.witness = { index: from - 1, entry: last };
        isAtEnd = entries.length < CHUNK;
      } else {
        this.forget();
        found = [];
        from = 0;
      }
    }
    // Not before: what was read by then is told of only if all could be read.
    this.readUpTo = from;
    return found;
  }

  private async settleChunk(proposed: readonly LockedType[]): Promise<LockedType[]> {
    const pairs = proposed.flatMap((locked) => [fieldOf(locked), locked.type]);
    const { isIntact, witness, types } = await this.#redis.settle(this.witness, pairs);
    if (!isIntact) this.forget();
    this.witness = witness;
    return proposed.map((locked, index) => {
      const type = typeOf(types[index]);
      if (type === undefined) this.tellOfForeignData();
      return type === undefined || type === locked.type ? locked : { ...locked, type };
    });
  }

  private understood(entry: string): [] | [LockedType] {
    const locked = readEntry(entry);
    if (locked) return [locked];
    this.tellOfForeignData();
    return [];
  }

  /** The log is another one than this process has read. */
  private forget(): void {
    this.witness = NO_WITNESS;
    this.readUpTo = 0;
    this.settings.logger.warn(
      'Redis has lost the types of attributes that were locked: this process proposes its own again',
    );
    this.settings.onForgotten?.();
  }

  private tellOfForeignData(): void {
    const { typesKey, logKey } = this.#redis;
    this.onceLog.say(
      'warn',
      `The keys "${typesKey}" and "${logKey}" in Redis hold something that is not of this version's making: it is ignored`,
    );
  }

  /** One thing at a time: what one of them learns about the log, the next one goes by. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
