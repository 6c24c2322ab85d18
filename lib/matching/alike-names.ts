/** Longer texts are no names that somebody has mistyped. */
const MAX_LENGTH = 100;
const MAX_EDITS = 3;

/**
 * How far two names are apart: 0 for the same, up to 1 for those that differ in case, spaces or punctuation, else by the
 * characters to insert, remove, replace or swap. Infinity: they are not alike.
 */
export function nameDistance(name: string, other: string): number {
  if (name === other) return 0;
  if (name.length > MAX_LENGTH || other.length > MAX_LENGTH) return Infinity;
  const [bare, otherBare] = [withoutDress(name), withoutDress(other)];
  if (bare === otherBare) return 0.5;
  const mostEdits = Math.min(MAX_EDITS, Math.floor(Math.max(bare.length, otherBare.length) / 3));
  const edits = editDistance(bare, otherBare);
  return edits <= mostEdits ? edits : Infinity;
}

/** Of many names the one that is most like another, if any is alike. */
export function mostAlike(name: string, others: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let shortest = Infinity;
  for (const other of others) {
    const distance = nameDistance(name, other);
    if (distance < shortest) [nearest, shortest] = [other, distance];
  }
  return nearest;
}

function withoutDress(name: string): string {
  const bare = name.toLowerCase().replace(/[\s\p{P}]+/gu, '');
  return bare === '' ? name : bare;
}

/** Insertions, removals, replacements and swaps of neighbours that make one text of the other; too many are Infinity. */
function editDistance(text: string, other: string): number {
  if (Math.abs(text.length - other.length) > MAX_EDITS) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= text.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = last[column - 1] + (text[row - 1] === other[column - 1] ? 0 : 1);
      let edits = Math.min(replaced, last[column] + 1, current[column - 1] + 1);
      const isSwap = text[row - 1] === other[column - 2] && text[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwap) edits = Math.min(edits, beforeLast[column - 2] + 1);
      current.push(edits);
    }
    if (Math.min(...current) > MAX_EDITS) return Infinity;
    [beforeLast, last] = [last, current];
  }
  return last[other.length];
}
