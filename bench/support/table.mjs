/** A number for a table; a dash where there is none. */
export function number(value, decimals = 0) {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Lines of text: the first column to the left, the others to the right if they hold numbers. */
export function table(columns, rows) {
  const widths = columns.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const isNumeric = columns.map((_, column) => column > 0 && rows.every((row) => /^[–\d]/.test(row[column])));
  const line = (cells) =>
    cells
      .map((cell, column) => (isNumeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
