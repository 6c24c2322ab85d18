import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { UsageError } from './usage-error.js';

const CHUNK_BYTES = 1_048_576;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** What a line of a file holds, and where it stands there: `events.jsonl:7`. */
export interface JsonLine {
  readonly value: unknown;
  readonly place: string;
}

/**
 * Reads a file of JSON Lines, however large it is; empty lines are passed over.
 *
 * @throws {UsageError} the file cannot be read, or a line of it is no JSON
 */
export function* readJsonLines(file: string): Generator<JsonLine> {
  let number = 0;
  for (const line of linesOf(file)) {
    number++;
    if (line.trim() !== '') yield parseLine(line, `${file}:${number}`);
  }
}

function* linesOf(file: string): Generator<string> {
  let rest = '';
  let isFirst = true;
  for (const chunk of chunksOf(file)) {
    const lines = (rest + (isFirst ? chunk.replace(BYTE_ORDER_MARK, '') : chunk)).split('\n');
    isFirst = false;
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

function* chunksOf(file: string): Generator<string> {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const descriptor = reading(file, () => openSync(file, 'r'));
  try {
    for (;;) {
      const bytes = reading(file, () => readSync(descriptor, buffer, 0, CHUNK_BYTES, null));
      if (bytes === 0) break;
      yield decoder.write(buffer.subarray(0, bytes));
    }
  } finally {
    closeSync(descriptor);
  }
}

function reading<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  }
}

function parseLine(line: string, place: string): JsonLine {
  try {
    return { value: JSON.parse(line) as unknown, place };
  } catch {
    throw new UsageError(`${place} is no JSON: the file must hold one event a line`);
  }
}
