import { type LockDifference, remedyOf } from '../../catalog/lock-file/lock-difference.js';
import { looksThroughFolders } from './find-modules.js';
import { lockCommand, type LockRun } from './lock-command.js';

/**
 * What to do about differences, in one sentence, with whole commands that do it.
 *
 * @param run how `lock` is to be called for the same code and the same lock file
 */
export function describeRemedies(differences: readonly LockDifference[], run: LockRun): string {
  const remedies = new Set(differences.map(remedyOf));
  const { lockFile } = run;
  // What would refuse again, for want of another permission, is no advice.
  const retiring: LockRun = remedies.has('retire') ? { ...run, retire: true } : run;
  const clauses: string[] = [];
  if (remedies.has('change types')) {
    const command = lockCommand({ ...retiring, changeTypes: true });
    clauses.push(
      `give what has another type an attribute name of its own, for WebEngage never changes a type (only if ${lockFile} is wrong: ${command})`,
    );
  }
  if (remedies.has('mend')) clauses.push('use a name that the event has already, or another event');
  if (remedies.has('retire')) {
    const others = remedies.has('lock') ? ', and take in what is new,' : '';
    clauses.push(
      `bring back what is gone${hintAt(differences, run)}, or let go of it${others} with ${lockCommand(retiring)}`,
    );
  } else if (remedies.has('lock')) clauses.push(`run ${lockCommand(run)}, and commit ${lockFile}`);
  return `What to do: ${clauses.join('; ')}.`;
}

/** An event may seem to be gone although it is in the code. */
function hintAt(differences: readonly LockDifference[], { paths }: LockRun): string {
  const isEventGone = differences.some(({ kind }) => kind === 'event removed');
  return isEventGone && looksThroughFolders(paths) ? ' (or is its file not named *.event.js or *.events.js?)' : '';
}
