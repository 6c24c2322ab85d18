import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJsonLines } from '../../lib/cli/read-json-lines.js';

describe('reading JSON Lines', () => {
  let folder: string;

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'lines-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads files that are longer than what is read at once, whole characters and lines', () => {
    const file = join(folder, 'events.jsonl');
    const values = Array.from({ length: 1_500 }, (_, index) => ({ index, text: '😀é€'.repeat(index % 400) }));
    writeFileSync(file, `\uFEFF${values.map((value) => JSON.stringify(value)).join('\r\n\n')}`);
    const lines = [...readJsonLines(file)];
    expect(lines.map(({ value }) => value)).toEqual(values);
    expect(lines.map(({ place }) => place)).toEqual(values.map(({ index }) => `${file}:${index * 2 + 1}`));
  });
});
