import type { LockFile } from '../../catalog/lock-file/lock-file.js';
import { type LockFileType, lockedTypesOf } from '../../catalog/lock-file/locked-types-of.js';

/** What a lock file gained or lost: ` (2 new, 1 retired)`; empty if that is nothing. */
export function describeChanges(before: LockFile, after: LockFile): string {
  const old = typesByKey(before);
  let [fresh, changed, retired] = [0, 0, 0];
  for (const [key, { type, isDeclared }] of typesByKey(after)) {
    const known = old.get(key);
    if (known === undefined) fresh++;
    else if (known.type !== type) changed++;
    if (known?.isDeclared && !isDeclared) retired++;
  }
  const parts = [
    [fresh, 'new'],
    [changed, 'of another type'],
    [retired, 'retired'],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function typesByKey(lockFile: LockFile): Map<string, LockFileType> {
  const types = [...lockedTypesOf(lockFile)];
  return new Map(types.map((found) => [JSON.stringify([found.eventName, found.attribute]), found]));
}
