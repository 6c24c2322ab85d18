import { readFileSync } from 'node:fs';
import { LockFileError } from '../../errors/lock-file.error.js';
import type { LockFile } from './lock-file.js';
import { parseLockFile } from './parse-lock-file.js';

/**
 * Reads a lock file.
 *
 * @throws {LockFileError} it cannot be read, is no JSON, or is of an unknown version or form
 */
export function readLockFile(file: string): LockFile {
  const lockFile = findLockFile(file);
  if (lockFile === undefined) throw new LockFileError(file, 'cannot be read: ENOENT, there is no such file');
  return lockFile;
}

/** The same; undefined where there is no such file. */
export function findLockFile(file: string): LockFile | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseLockFile(text, file);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new LockFileError(file, `cannot be read: ${code}`);
  }
}
