import { join, relative } from 'node:path';
import { packagesReachedFrom } from './reached-packages.mjs';

/** What only durable delivery needs, what only the command needs, and what only the tests of an application need. */
const DURABLE = ['bullmq', 'ioredis'];
const COMMAND = ['commander', 'typescript'];
const TESTS = ['@jest/globals', '@nestjs/testing', '@types/jest', 'chai', 'expect', 'jest', 'vitest'];
const NEVER = [...DURABLE, ...COMMAND, ...TESTS];
/** What `asProvider()` imports when it is called. */
const CONFIG = '@nestjs/config';
/** What a sandbox imports that is given event classes: whoever has such classes has these too. */
const EVENT_CLASSES = ['class-validator', 'reflect-metadata'];
const isBuiltIn = (name) => name.startsWith('node:');

/** What applications import, and their tests. */
const OF_APPLICATIONS = {
  isWrongAtOnce: (name) => name === CONFIG,
  isWrong: (name) => NEVER.includes(name),
};

/** The files behind an entry point, and the packages that it must not reach: at once, and at all. */
const ENTRY_POINTS = [
  { file: 'index', ...OF_APPLICATIONS },
  { file: 'testing/index', ...OF_APPLICATIONS },
  // Whoever runs it alone needs nothing else.
  {
    file: 'sandbox/index',
    isWrongAtOnce: (name) => !isBuiltIn(name),
    isWrong: (name) => !isBuiltIn(name) && !EVENT_CLASSES.includes(name),
  },
];

/** Whoever imports an entry point loads no more than it needs, nor does the compiler for its types. */
export async function checkReach(dist) {
  let output = '';
  for (const { file, isWrongAtOnce, isWrong } of ENTRY_POINTS) {
    for (const built of [`esm/${file}.js`, `esm/${file}.d.ts`, `cjs/${file}.js`, `cjs/${file}.d.ts`]) {
      const files = new Set();
      const reached = await packagesReachedFrom(join(dist, built), files);
      const reachedAtOnce = await packagesReachedFrom(join(dist, built), new Set(), { atOnce: true });
      const wrong = [
        ...[...reached].filter(isWrong),
        ...[...reachedAtOnce].filter(isWrongAtOnce),
        ...commandFiles(dist, files),
      ];
      if (wrong.length > 0) output += `${built} reaches ${[...new Set(wrong)].join(' and ')}\n`;
      // A walk that met nothing at all would have shown nothing.
      if (files.size < 2) output += `${built} was not read: it leads to no other file\n`;
    }
  }
  return { ok: output === '', output };
}

/** The command's own files are for the command alone. */
function commandFiles(dist, files) {
  return [...files].map((file) => relative(dist, file)).filter((file) => /^(?:esm|cjs)[/\\]cli[/\\]/.test(file));
}
