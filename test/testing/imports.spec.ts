import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** All that a source file imports, and with it all that those import: the packages, types included. */
function reachedFrom(entry: string): Set<string> {
  const packages = new Set<string>();
  const files = [entry];
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
    for (const { fileName } of importedFiles) {
      if (!fileName.startsWith('.')) packages.add(fileName);
      const source = join(dirname(file), fileName.replace(/\.js$/, '.ts'));
      if (fileName.startsWith('.') && !files.includes(source)) files.push(source);
    }
  }
  return packages;
}

describe('nestjs-webengage/testing', () => {
  it('reaches no test runner, no @nestjs/testing and no optional peer', () => {
    const reached = [...reachedFrom(join(ROOT, 'lib/testing/index.ts'))];
    expect(reached).toEqual(expect.arrayContaining(['@nestjs/common', 'rxjs', 'node:util']));
    const unwanted = /jest|vitest|chai|@nestjs\/(testing|platform)|bullmq|ioredis|sandbox|typescript/;
    expect(reached.filter((name) => unwanted.test(name))).toEqual([]);
  });

  it('is reached by nothing that runs in production', () => {
    for (const entry of ['index', 'bullmq/index']) {
      const text = [...reachedFrom(join(ROOT, `lib/${entry}.ts`))].join();
      expect(text).not.toContain('testing');
    }
  });

  it('matches events without Nest', () => {
    for (const file of ['event-match', 'nearest-event', 'describe-difference']) {
      expect([...reachedFrom(join(ROOT, `lib/matching/${file}.ts`))]).toEqual(['node:util']);
    }
  });
});
