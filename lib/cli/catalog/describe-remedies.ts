import type { Remedy } from '../../catalog/lock-file/lock-difference.js';

/** What to do about differences, in one sentence. */
export function describeRemedies(remedies: ReadonlySet<Remedy>, file: string): string {
  const advice: Readonly<Record<Remedy, string>> = {
    'change types': `give what has another type an attribute name of its own, for WebEngage never changes a type (--change-types, if ${file} is wrong)`,
    retire: 'bring back what is gone, or let go of it with --retire',
    mend: 'use a name that the event has already, or another event',
    lock: `run npx nestjs-webengage lock, and commit ${file}`,
  };
  const inOrder = Object.entries(advice).flatMap(([remedy, words]) => (remedies.has(remedy as Remedy) ? [words] : []));
  return `What to do: ${inOrder.join('; ')}.`;
}
