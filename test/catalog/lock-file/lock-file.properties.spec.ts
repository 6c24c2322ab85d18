import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareWithLockFile } from '../../../lib/catalog/lock-file/compare-lock-file.js';
import { formatLockFile } from '../../../lib/catalog/lock-file/format-lock-file.js';
import type { LockFile } from '../../../lib/catalog/lock-file/lock-file.js';
import { lockedTypesOf } from '../../../lib/catalog/lock-file/locked-types-of.js';
import { lockFileOf, mergeCatalog } from '../../../lib/catalog/lock-file/merge-catalog.js';
import { learnedConflicts, mergeLearned } from '../../../lib/catalog/lock-file/merge-learned.js';
import { parseLockFile } from '../../../lib/catalog/lock-file/parse-lock-file.js';
import { anyCatalog, anyLearned, anyLockFile } from './arbitrary-catalogs.js';

function sortedTypes(lockFile: LockFile): string[] {
  return [...lockedTypesOf(lockFile)]
    .map(({ eventName, attribute, type, isDeclared }) => JSON.stringify([eventName, attribute, type, isDeclared]))
    .sort();
}

/** The names of a written lock file's events and attributes, as they follow one another. */
function namesIn(text: string, indent: number): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith(`${' '.repeat(indent)}"`));
  return lines.map((line) => JSON.parse(/^\s*("(?:[^"\\]|\\.)*")/.exec(line)?.[1] ?? 'null') as string);
}

describe('a lock file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyLockFile, (lockFile) => {
        const text = formatLockFile(lockFile);
        const read = parseLockFile(text, 'lock');
        expect(sortedTypes(read)).toEqual(sortedTypes(lockFile));
        expect(Object.keys(read.events).sort()).toEqual(Object.keys(lockFile.events).sort());
        expect(formatLockFile(read)).toBe(text);
      }),
    );
  });

  it('is written in the order of code units', () => {
    fc.assert(
      fc.property(anyLockFile, (lockFile) => {
        const names = namesIn(formatLockFile(lockFile), 4);
        expect(names).toEqual([...names].sort());
        expect(names).toHaveLength(Object.keys(lockFile.events).length);
      }),
    );
  });

  it('is the same in whatever order the classes were found, and however often it is written', () => {
    fc.assert(
      fc.property(anyCatalog, fc.func(fc.nat()), (catalog, keyOf) => {
        const shuffled = [...catalog].sort((event, other) => keyOf(event.className) - keyOf(other.className));
        const text = formatLockFile(lockFileOf(catalog));
        expect(formatLockFile(lockFileOf(shuffled.reverse()))).toBe(text);
        expect(formatLockFile(mergeCatalog(parseLockFile(text, 'lock'), catalog))).toBe(text);
      }),
    );
  });

  it('differs from a catalog exactly if the catalog would change it', () => {
    fc.assert(
      fc.property(anyCatalog, anyLockFile, (catalog, lockFile) => {
        const merged = mergeCatalog(lockFile, catalog);
        expect(compareWithLockFile(catalog, merged)).toEqual([]);
        const isEqual = formatLockFile(merged) === formatLockFile(lockFile);
        expect(compareWithLockFile(catalog, lockFile).length === 0).toBe(isEqual);
      }),
      { numRuns: 300 },
    );
  });

  it('never forgets an attribute', () => {
    fc.assert(
      fc.property(anyCatalog, anyLockFile, anyLearned, (catalog, lockFile, learned) => {
        const merged = mergeLearned(mergeCatalog(lockFile, catalog), learned);
        const names = new Set(
          [...lockedTypesOf(merged)].map(({ eventName, attribute }) => `${eventName}\0${attribute}`),
        );
        for (const { eventName, attribute } of lockedTypesOf(lockFile)) {
          expect(names.has(`${eventName}\0${attribute}`)).toBe(true);
        }
        expect(learnedConflicts(merged, learned)).toEqual([]);
        expect(formatLockFile(mergeLearned(merged, learned))).toBe(formatLockFile(merged));
      }),
    );
  });
});
