import { readFileSync } from 'node:fs';
import type { SeedEvent } from '../sandbox/sandbox.options.js';
import { UsageError } from './usage-error.js';

/**
 * Reads events from a file of JSON Lines.
 *
 * @throws {UsageError} the file cannot be read, or a line of it is no JSON
 */
export function readSeed(file: string): SeedEvent[] {
  return readText(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${file}:${index + 1}`)]));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  }
}

function parseLine(line: string, place: string): SeedEvent {
  try {
    return JSON.parse(line) as SeedEvent;
  } catch {
    throw new UsageError(`${place} is no JSON: the file must hold one event a line`);
  }
}
