import type { Row } from './rows.js';

/** A table of text, with a title above each column. */
export function formatTable(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return '(no events)';
  const titles = Object.keys(first);
  const widths = titles.map((title) => Math.max(title.length, ...rows.map((row) => row[title].length)));
  const lines = [
    titles,
    widths.map((width) => '-'.repeat(width)),
    ...rows.map((row) => titles.map((title) => row[title])),
  ];
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
