const POSITION = /at position (\d+)/;
const CONFLICT = /^(?:<{7}|={7}|>{7})/m;

/** Says what is wrong with text that is no JSON, and where: `is no JSON: line 3, column 5`. */
export function describeBrokenJson(text: string): string {
  const conflict = CONFLICT.exec(text);
  if (conflict) return `holds a merge conflict: line ${lineAt(text, conflict.index)}. Resolve it first`;
  if (text.trim() === '') return 'is no JSON: it is empty';
  const position = findBreak(text);
  const column = position - text.lastIndexOf('\n', position - 1);
  return `is no JSON: line ${lineAt(text, position)}, column ${column}`;
}

/**
 * Where the text stops being JSON. Not every message of the parser says so; but its beginning up to there could still
 * become JSON, and no longer one could.
 */
function findBreak(text: string): number {
  let sound = 0;
  let broken = text.length + 1;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (couldBecomeJson(text.slice(0, middle))) sound = middle;
    else broken = middle;
  }
  return sound;
}

function couldBecomeJson(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = POSITION.exec(message)?.[1];
    return position === undefined ? message.includes('end of JSON') : Number(position) >= beginning.length;
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
