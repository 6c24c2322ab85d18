const MARKUP = /[\\`*_[\]~#]/g;
const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text that stands for itself, on one line: names and values. */
export function plain(text: string): string {
  return withoutHtml(oneLine(text)).replace(MARKUP, '\\$&');
}

/** Text that its author may have marked up. HTML is not let through. */
export function prose(text: string): string {
  return withoutHtml(text)
    .split(/\n\s*\n/)
    .map(oneLine)
    .join('\n\n');
}

/** A row of a table, of cells that are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}

/** A table, of cells that are Markdown. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => '---'), ...rows].map(tableRow).join('\n');
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function withoutHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => HTML[character]);
}
