import { parseArgs } from 'node:util';

const ROUNDS = 5;
const QUICK_ROUNDS = 1;

/**
 * @param {string[]} words of the command line
 * @returns {{ only: number[], rounds: number, json?: string, library?: string }} `only` is empty for all figures
 */
export function readArguments(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      library: { type: 'string' },
    },
  });
  const only = values.only.flatMap((text) => text.split(',')).map((text) => wholeNumber('--only', text));
  const rounds = values.rounds === undefined ? undefined : wholeNumber('--rounds', values.rounds);
  return {
    only,
    rounds: rounds ?? (values.quick ? QUICK_ROUNDS : ROUNDS),
    json: values.json,
    library: values.library,
  };
}

function wholeNumber(option, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} takes numbers from 1 on, not ${text}`);
  return value;
}
