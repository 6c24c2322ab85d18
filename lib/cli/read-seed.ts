import { readFileSync } from 'node:fs';
import type { Verdict } from '../sandbox/arrivals/sandbox-arrival.js';
import type { SeedEvent } from '../sandbox/sandbox.options.js';
import { UsageError } from './usage-error.js';

const BYTE_ORDER_MARK = /^\uFEFF/;
const NOT_TAKEN_IN: readonly unknown[] = ['refused', 'no answer'] satisfies Verdict[];

/**
 * Reads events from a file of JSON Lines.
 *
 * @throws {UsageError} the file cannot be read, or a line of it is no JSON
 */
export function readSeed(file: string): SeedEvent[] {
  return readText(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${file}:${index + 1}`)]))
    .filter(wasTakenIn);
}

/** The page exports what was refused too. */
function wasTakenIn(event: (SeedEvent & { readonly verdict?: unknown }) | null): boolean {
  return !NOT_TAKEN_IN.includes(event?.verdict);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(BYTE_ORDER_MARK, '');
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
