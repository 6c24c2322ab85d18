import { formatLockFile } from '../../catalog/lock-file/format-lock-file.js';
import { readFileSync } from 'node:fs';
import { describeSize } from '../catalog/describe-size.js';
import { writeWholeFile } from '../catalog/write-file.js';
import { describeChanges } from './describe-changes.js';
import type { LockUpdate } from './lock-update.js';

/**
 * Writes a lock file, unless it is there already as it is to be, and says what came of it.
 *
 * @throws {UsageError} it cannot be written
 */
export function writeLockFile(file: string, { before, after }: LockUpdate): string {
  const text = formatLockFile(after);
  if (isThere(file, text)) return `${file} is up to date: ${describeSize(after)}`;
  writeWholeFile(file, text);
  return `${file}: ${describeSize(after)}${describeChanges(before, after)}`;
}

/** Git may have put other line ends into it. */
function isThere(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text;
  } catch {
    return false;
  }
}
