import { readFileSync } from 'node:fs';
import type { Verdict } from '../sandbox/arrivals/sandbox-arrival.js';
import type { SeedEvent } from '../sandbox/sandbox.options.js';
import { UsageError } from './usage-error.js';

const BYTE_ORDER_MARK = /^\uFEFF/;
const NOT_TAKEN_IN: readonly unknown[] = ['refused', 'no answer'] satisfies Verdict[];

/** An event of a file, and where it stands there: `events.jsonl:7`. */
export interface SeedLine {
  readonly event: SeedEvent;
  readonly place: string;
}

/**
 * Reads events from a file of JSON Lines.
 *
 * @throws {UsageError} the file cannot be read, or a line of it is no JSON
 */
export function readSeed(file: string): SeedLine[] {
  return readText(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${file}:${index + 1}`)]))
    .filter(({ event }) => wasTakenIn(event));
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

function parseLine(line: string, place: string): SeedLine {
  try {
    return { event: JSON.parse(line) as SeedEvent, place };
  } catch {
    throw new UsageError(`${place} is no JSON: the file must hold one event a line`);
  }
}
