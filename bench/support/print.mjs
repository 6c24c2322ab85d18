import { libraries } from '../libraries/index.mjs';
import { versionOf } from './install.mjs';
import { table } from './table.mjs';

const GOAL_COLUMNS = ['goal', 'wanted', 'seen', 'verdict'];

/** Prints what is measured and where. */
export function printHeader({ node, processor, cores, loadBefore }, rounds) {
  console.log(
    `Node ${node}, ${processor}, ${cores} cores, load ${loadBefore.toFixed(1)} before; medians of ${rounds} rounds\n`,
  );
  const rows = Object.values(libraries).map(({ name, packageName, settings }) => [
    name,
    `${packageName} ${versionOf(packageName)}`,
    settings,
  ]);
  console.log(`${table(['library', 'package', 'settings'], rows)}\n`);
}

export function printFigure({ number, title }, { columns, rows, goals, notes }) {
  console.log(`${number}. ${title}\n`);
  if (rows.length > 0) console.log(`${table(columns, rows)}\n`);
  if (goals.length > 0) console.log(`${table(GOAL_COLUMNS, goals.map(goalRow))}\n`);
  if (notes.length > 0) console.log(`${notes.join('\n')}\n`);
}

function goalRow({ what, wanted, got, verdict }) {
  return [what, wanted, got, verdict];
}
