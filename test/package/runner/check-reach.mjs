import { join } from 'node:path';
import { packagesReachedFrom } from './reached-packages.mjs';

/** What only durable delivery needs, what only the command needs, and what only the tests of an application need. */
const DURABLE = ['bullmq', 'ioredis'];
const COMMAND = ['commander'];
const TESTS = ['@jest/globals', '@nestjs/testing', '@types/jest', 'chai', 'expect', 'jest', 'vitest'];
const NEVER = [...DURABLE, ...COMMAND, ...TESTS];

/** The files behind an entry point, and which packages it must not reach. */
const ENTRY_POINTS = [
  { file: 'index', isWrong: (name) => NEVER.includes(name) },
  { file: 'testing/index', isWrong: (name) => NEVER.includes(name) },
  // Whoever runs it alone needs nothing else.
  { file: 'sandbox/index', isWrong: (name) => !name.startsWith('node:') },
];

/** Whoever imports an entry point loads no more than it needs, nor does the compiler for its types. */
export async function checkReach(dist) {
  let output = '';
  for (const { file, isWrong } of ENTRY_POINTS) {
    for (const built of [`esm/${file}.js`, `esm/${file}.d.ts`, `cjs/${file}.js`, `cjs/${file}.d.ts`]) {
      const files = new Set();
      const reached = await packagesReachedFrom(join(dist, built), files);
      const wrong = [...reached].filter(isWrong);
      if (wrong.length > 0) output += `${built} reaches ${wrong.join(' and ')}\n`;
      // A walk that met nothing at all would have shown nothing.
      if (files.size < 2) output += `${built} was not read: it leads to no other file\n`;
    }
  }
  return { ok: output === '', output };
}
