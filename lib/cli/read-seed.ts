import type { Verdict } from '../sandbox/arrivals/sandbox-arrival.js';
import type { SeedEvent } from '../sandbox/sandbox.options.js';
import { readJsonLines } from './read-json-lines.js';

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
  return Array.from(readEvents(file));
}

/** The same, line by line. */
export function* readEvents(file: string): Generator<SeedLine> {
  for (const { value, place } of readJsonLines(file)) {
    const event = value as (SeedEvent & { readonly verdict?: unknown }) | null;
    // The page exports what was refused too.
    if (!NOT_TAKEN_IN.includes(event?.verdict)) yield { event: event as SeedEvent, place };
  }
}
