import { realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/**
 * Writes a file at once: nobody ever reads half of it, and what was there stays if it fails.
 *
 * @throws {UsageError} it cannot be written
 */
export function writeWholeFile(file: string, text: string): void {
  const target = targetOf(file);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new UsageError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  }
}

/** Where a link leads to: the link itself is to stay. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
