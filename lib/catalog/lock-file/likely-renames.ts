import { nameDistance } from '../../matching/alike-names.js';

/** More pairs of names are not compared. */
const MAX_PAIRS = 100_000;

/** Pairs names that are gone with new ones that are like them, each with one at most, the most alike first. */
export function likelyRenames(gone: readonly string[], added: readonly string[]): Map<string, string> {
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, other } of alikePairs(gone, added)) {
    if (renames.has(name) || taken.has(other)) continue;
    renames.set(name, other);
    taken.add(other);
  }
  return renames;
}

/** The same; but if one of each is left over, these are paired, too. */
export function likelyOrOnlyRenames(gone: readonly string[], added: readonly string[]): Map<string, string> {
  const renames = likelyRenames(gone, added);
  const taken = new Set(renames.values());
  const goneLeft = gone.filter((name) => !renames.has(name));
  const addedLeft = added.filter((name) => !taken.has(name));
  if (goneLeft.length === 1 && addedLeft.length === 1) renames.set(goneLeft[0], addedLeft[0]);
  return renames;
}

interface Pair {
  readonly name: string;
  readonly other: string;
  readonly distance: number;
}

function alikePairs(gone: readonly string[], added: readonly string[]): Pair[] {
  if (gone.length * added.length > MAX_PAIRS) return [];
  return [...gone]
    .sort()
    .flatMap((name) => [...added].sort().map((other) => ({ name, other, distance: nameDistance(name, other) })))
    .filter(({ distance }) => distance < Infinity)
    .sort((pair, other) => pair.distance - other.distance);
}
