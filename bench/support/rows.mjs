import { libraries } from '../libraries/index.mjs';

/** The rows of a table, one for each spec: the library's name, its cells, and a note for each that has no result. */
export function rowsOf(specs, results, cellsOf) {
  return specs.map((spec) => [libraries[spec.library].name, ...cellsOf(spec)]);
}

export function notesOnFailures(specs, results) {
  return specs
    .filter((spec) => results.failure(spec) !== undefined)
    .map((spec) => `– ${libraries[spec.library].name}: ${results.failure(spec)}`);
}

/** The spec, among those that were measured, whose median is the smallest. */
export function smallest(specs, results, read) {
  return specs
    .filter((spec) => results.rounds(spec).length > 0)
    .toSorted((one, other) => results.median(one, read) - results.median(other, read))[0];
}
