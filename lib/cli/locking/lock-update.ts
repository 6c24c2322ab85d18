import type { CatalogEvent } from '../../catalog/catalog-event.js';
import { compareWithLockFile } from '../../catalog/lock-file/compare-lock-file.js';
import { describeLockDifference } from '../../catalog/lock-file/describe-lock-difference.js';
import { EMPTY_LOCK_FILE } from '../../catalog/lock-file/event-types.js';
import { type Remedy, remedyOf } from '../../catalog/lock-file/lock-difference.js';
import type { LockFile } from '../../catalog/lock-file/lock-file.js';
import { mergeCatalog } from '../../catalog/lock-file/merge-catalog.js';
import { type LearnedConflict, learnedConflicts, mergeLearned } from '../../catalog/lock-file/merge-learned.js';
import { passedLimits } from '../../catalog/lock-file/passed-limits.js';
import { quote } from '../../common/describe-value.js';
import { describeRemedies } from '../catalog/describe-remedies.js';
import { lockCommand, type LockRun } from '../catalog/lock-command.js';
import type { Learned } from '../learning/learned.js';
import { UsageError } from '../usage-error.js';

/** A lock file on its way from what it was to what it is to be. */
export class LockUpdate {
  readonly before: LockFile;
  private current: LockFile;
  private isCodeKnown = false;

  constructor(
    before: LockFile | undefined,
    private readonly run: LockRun,
  ) {
    this.before = this.current = before ?? EMPTY_LOCK_FILE;
  }

  /** The new lock file. */
  get after(): LockFile {
    return this.current;
  }

  /**
   * Puts in what the code declares.
   *
   * @throws {UsageError} with exit code 1: what would be lost, and is not permitted to
   */
  declare(catalog: readonly CatalogEvent[]): void {
    const refused = compareWithLockFile(catalog, this.current).filter(
      (difference) => !this.isPermitted(remedyOf(difference)),
    );
    if (refused.length > 0) {
      const lines = refused.map((difference) => describeLockDifference(difference, this.run.lockFile));
      throw this.refusal(lines, describeRemedies(refused, this.run));
    }
    this.current = mergeCatalog(this.current, catalog);
    this.isCodeKnown = true;
  }

  /**
   * Puts in what traffic has taught.
   *
   * @throws {UsageError} with exit code 1: a type differs from the locked one, or a limit is passed
   */
  learn({ source, events }: Learned): void {
    const conflicts = learnedConflicts(this.current, events).filter((conflict) => !this.isAccepted(conflict));
    if (conflicts.length > 0) {
      const lines = conflicts.map((conflict) => this.describeConflict(conflict, source));
      throw this.refusal(lines, this.adviceFor(conflicts));
    }
    this.current = mergeLearned(this.current, events);
    const limits = passedLimits(this.current);
    if (limits.length === 0) return;
    const lines = limits.map(
      ({ eventName, problem }) => `${quote(eventName)} ${problem}, those from ${source} included`,
    );
    throw this.refusal(
      lines,
      'WebEngage has kept the first 25 only: learn from a shorter file, or from another account.',
    );
  }

  private isPermitted(remedy: Remedy): boolean {
    const { retire = false, changeTypes = false } = this.run;
    return remedy === 'lock' || (remedy === 'retire' && retire) || (remedy === 'change types' && changeTypes);
  }

  /** Where the code was just read, it is not the lock file that is wrong. */
  private isAccepted({ isDeclared }: LearnedConflict): boolean {
    return this.run.changeTypes === true && !(isDeclared && this.isCodeKnown);
  }

  private describeConflict(
    { eventName, attribute, type, locked, isDeclared }: LearnedConflict,
    source: string,
  ): string {
    const where = isDeclared && this.isCodeKnown ? 'the code' : this.run.lockFile;
    return `${quote(eventName)}: ${quote(attribute)} is a ${type} in ${source}, but a ${locked} in ${where}`;
  }

  private adviceFor(conflicts: readonly LearnedConflict[]): string {
    if (this.isCodeKnown && conflicts.some(({ isDeclared }) => isDeclared)) {
      return 'What to do: declare the type that WebEngage has, or give the attribute another name.';
    }
    const command = lockCommand({ ...this.run, changeTypes: true });
    return `What to do: learn from traffic that WebEngage has got, or accept these types with ${command}.`;
  }

  private refusal(lines: readonly string[], advice: string): UsageError {
    return new UsageError([...lines, `Nothing was written to ${this.run.lockFile}. ${advice}`].join('\n'), 1);
  }
}
