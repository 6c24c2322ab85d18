import { parseArgs } from 'node:util';

/** `--quick`: shorter outages and fewer events. `--seed`: of the faults' dice. Words choose scenarios by their names. */
export function readArguments(words) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed must be a whole number, but is ${values.seed}`);
  return { quick: values.quick, seed, chosen: positionals };
}
