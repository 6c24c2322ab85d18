import { describeValue } from '../common/describe-value.js';
import { LOCK_FILE_NAME, type LockFile } from '../catalog/lock-file/lock-file.js';
import { findLockFile, readLockFile } from '../catalog/lock-file/read-lock-file.js';
import type { TypeLockStoreFactory } from '../catalog/type-lock/type-lock-store.js';
import { LockFileError } from '../errors/lock-file.error.js';
import type { OptionProblems } from './option-problems.js';

const OPTIONS = ['maxEvents', 'maxAttributes', 'lockFile', 'store'];

/** The option `typeLock`, checked and with its defaults. */
export interface ResolvedTypeLock {
  readonly maxEvents: number;
  readonly maxAttributes: number;
  /** What the lock file holds, and its path as it was given; undefined where there is none. */
  readonly lockFile: { readonly path: string; readonly content: LockFile } | undefined;
  readonly store: TypeLockStoreFactory | undefined;
}

/** Checks the option `typeLock`, reads the lock file, and fills in the defaults. */
export function resolveTypeLock(problems: OptionProblems, given: unknown): ResolvedTypeLock {
  const typeLock = problems.object('typeLock', given);
  for (const option of Object.keys(typeLock)) {
    if (!OPTIONS.includes(option)) problems.add(`typeLock.${option}`, `is no option: there are ${OPTIONS.join(', ')}`);
  }
  problems.function('typeLock.store', typeLock.store);
  return {
    maxEvents: problems.wholeNumber('typeLock.maxEvents', typeLock.maxEvents, 10_000, 1),
    maxAttributes: problems.wholeNumber('typeLock.maxAttributes', typeLock.maxAttributes, 250_000, 1),
    lockFile: resolveLockFile(problems, typeLock.lockFile),
    store: typeLock.store as TypeLockStoreFactory | undefined,
  };
}

function resolveLockFile(problems: OptionProblems, given: unknown): ResolvedTypeLock['lockFile'] {
  if (given === false) return undefined;
  if (given !== undefined && (typeof given !== 'string' || given === '')) {
    const actual = given === '' ? 'empty' : describeValue(given);
    problems.add('typeLock.lockFile', `must be the path of a lock file, or false, but is ${actual}`);
    return undefined;
  }
  const path = given ?? LOCK_FILE_NAME;
  try {
    const content = given === undefined ? findLockFile(path) : readLockFile(path);
    return content && { path, content };
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    problems.add('typeLock.lockFile', error.message);
    return undefined;
  }
}
