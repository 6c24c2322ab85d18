import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readPackage } from './app.mjs';
import { packagesReachedFrom } from './reached-packages.mjs';

/** What `asProvider()` imports when it is called. */
const CONFIG = '@nestjs/config';
/** Each is for one part of the package only, or for its command. */
export const OPTIONAL_PEERS = [CONFIG, '@nestjs/terminus', '@opentelemetry/api', 'bullmq', 'ioredis', 'typescript'];
/** What only the command needs, and what only the tests of an application need. */
export const COMMAND = ['commander'];
const TESTS = ['@jest/globals', '@nestjs/testing', '@types/jest', 'chai', 'expect', 'jest', 'vitest'];
const NEVER = [...OPTIONAL_PEERS, ...COMMAND, ...TESTS];
/** What a sandbox imports that is given event classes: whoever has such classes has these too. */
const EVENT_CLASSES = ['class-validator', 'reflect-metadata'];
const isBuiltIn = (name) => name.startsWith('node:');

/** What applications import: of the optional peers only `needed`, and @nestjs/config when they ask for it. */
const ofApplications = (...needed) => ({
  isWrongAtOnce: (name) => name === CONFIG,
  isWrong: (name) => NEVER.includes(name) && name !== CONFIG && !needed.includes(name),
});

/** The packages that each entry point must not reach: at once, and at all. */
const ENTRY_POINTS = {
  '.': ofApplications(),
  './bullmq': ofApplications('bullmq', 'ioredis'),
  './health': ofApplications('@nestjs/terminus'),
  './otel': ofApplications('@opentelemetry/api'),
  './testing': ofApplications(),
  // Whoever runs it alone needs nothing else.
  './sandbox': {
    isWrongAtOnce: (name) => !isBuiltIn(name),
    isWrong: (name) => !isBuiltIn(name) && !EVENT_CLASSES.includes(name),
  },
};

/** Whoever imports an entry point loads no more than it needs, nor does the compiler for its types. */
export async function checkReach(library) {
  const { exports, peerDependenciesMeta } = await readPackage(library);
  const dist = join(library, 'dist');
  let output = '';
  for (const peer of Object.keys(peerDependenciesMeta)) {
    if (!OPTIONAL_PEERS.includes(peer)) output += `${peer} is an optional peer that no entry point is checked for\n`;
  }
  for (const entryPoint of Object.keys(exports).filter((name) => name !== './package.json')) {
    if (!ENTRY_POINTS[entryPoint]) output += `Nothing says what the entry point ${entryPoint} may reach\n`;
  }
  for (const [entryPoint, allowed] of Object.entries(ENTRY_POINTS)) {
    const file = join(entryPoint, 'index');
    const isBuilt = await exists(join(dist, 'esm', `${file}.js`));
    if (exports[entryPoint] && !isBuilt) output += `${entryPoint} is exported, but there is no ${file}.js\n`;
    if (isBuilt) output += await wrongReachOf(file, allowed, dist);
  }
  return { ok: output === '', output };
}

async function wrongReachOf(file, { isWrongAtOnce, isWrong }, dist) {
  let output = '';
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
  return output;
}

/** The command's own files are for the command alone. */
function commandFiles(dist, files) {
  return [...files].map((file) => relative(dist, file)).filter((file) => /^(?:esm|cjs)[/\\]cli[/\\]/.test(file));
}

function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
