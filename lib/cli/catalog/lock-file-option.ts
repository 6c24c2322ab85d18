import { LOCK_FILE_NAME, type LockFile } from '../../catalog/lock-file/lock-file.js';
import { findLockFile } from '../../catalog/lock-file/read-lock-file.js';
import { LockFileError } from '../../errors/lock-file.error.js';
import { UsageError } from '../usage-error.js';

/** The option of each command that has to do with a lock file. */
export const LOCK_FILE_OPTION = ['-f, --lock-file <file>', 'the lock file', LOCK_FILE_NAME] as const;

/**
 * Reads the lock file; undefined where there is none.
 *
 * @throws {UsageError} it cannot be read, or is none
 */
export function lockFileAt(file: string): LockFile | undefined {
  try {
    return findLockFile(file);
  } catch (error) {
    throw error instanceof LockFileError ? new UsageError(error.message) : error;
  }
}
