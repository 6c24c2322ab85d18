import type { Log } from '../../common/log.js';
import { waitAtMost } from '../../common/wait-at-most.js';
import { describeThrown } from '../../common/describe-value.js';
import { WebEngageError } from '../../errors/webengage.error.js';
import { isAttributeType } from '../../events/constraints/attribute-type.js';
import type { AttributeTypeLock } from './attribute-type-lock.js';
import type { LockedType } from './locked-type.js';
import type { TypeLockStore } from './type-lock-store.js';

/** How many types are proposed at one time. */
const BATCH = 1_000;
const READ_EVERY = 5_000;
const RETRY_AFTER = 1_000;
/** How long a boot waits to hear of the types that others have settled, and a shutdown to tell of its own. */
const PATIENCE = 2_000;
/** How long one answer of the store is waited for. */
const STORE_TIMEOUT = 10_000;

/**
 * Tells other processes what this one learns of data types, and learns what they settled. It works behind `track()`,
 * which never waits for it.
 */
export class LockExchange {
  /** What is to be proposed still. Bounded as the lock is: each attribute is learned once. */
  private proposals: LockedType[] = [];
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private isClosed = false;
  private isAway = false;

  constructor(
    private readonly store: TypeLockStore,
    private readonly lock: AttributeTypeLock,
    private readonly log: Log,
  ) {
    lock.onLearned((types) => this.propose(types));
    this.proposals = lock.all();
  }

  /** Proposes all that this process knows, once more: the store has lost what was settled. */
  proposeAll(): void {
    this.propose(this.lock.all());
  }

  /** Learns what others have settled so far; gives up waiting, not trying, after two seconds. */
  async open(): Promise<void> {
    const late = (): void =>
      this.log.warn(
        `The data types that other processes have settled are not known yet, after ${PATIENCE} ms. This process goes by ` +
          'what it knows until they are',
      );
    await waitAtMost(this.exchange(), PATIENCE, late);
  }

  /** Proposes what is left, for two seconds at most. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    if (this.proposals.length > 0 && !this.isAway) await waitAtMost(this.exchange(), PATIENCE, () => undefined);
    this.isClosed = true;
    clearTimeout(this.timer);
    await waitAtMost(this.store.close(), PATIENCE, () => undefined).catch((error: unknown) => this.failed(error));
  }

  private propose(types: readonly LockedType[]): void {
    for (const type of types) this.proposals.push(type);
    if (!this.isAway) this.schedule(0);
  }

  private schedule(milliseconds: number): void {
    if (this.isClosed || this.work) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.exchange(), milliseconds);
    this.timer.unref();
  }

  /** One exchange at a time. */
  private exchange(): Promise<void> {
    this.work ??= this.exchangeAll().finally(() => {
      this.work = undefined;
      this.schedule(this.isAway ? RETRY_AFTER : this.proposals.length > 0 ? 0 : READ_EVERY);
    });
    return this.work;
  }

  private async exchangeAll(): Promise<void> {
    try {
      this.adopt(await inTime(this.store.read()));
      while (this.proposals.length > 0 && !this.isClosed) {
        const batch = this.proposals.slice(0, BATCH);
        this.adopt(await inTime(this.store.settle(batch)));
        this.proposals = this.proposals.slice(batch.length);
      }
      this.works();
    } catch (error) {
      this.failed(error);
    }
  }

  private adopt(types: readonly LockedType[]): void {
    for (const type of types) {
      // A store of one's own may hold what it likes.
      if (isAttributeType(type.type)) this.lock.fix(type, 'shared', 'all processes hold it to be');
    }
  }

  private works(): void {
    if (this.isAway) this.log.log('The data types of attributes are shared with other processes again');
    this.isAway = false;
  }

  private failed(error: unknown): void {
    if (!this.isAway && !this.isClosed) {
      this.log.error(
        `The data types of attributes cannot be shared with other processes: ${describeThrown(error)}. ` +
          'This process goes by what it knows, and tries again',
      );
    }
    this.isAway = true;
  }
}

function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const timedOut = (): never => {
    throw new WebEngageError(`the store did not answer within ${STORE_TIMEOUT} ms`);
  };
  return waitAtMost(answer, STORE_TIMEOUT, timedOut, { unref: true });
}
