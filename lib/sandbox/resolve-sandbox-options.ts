import { basename } from 'node:path';
import type { CatalogEvent } from '../catalog/catalog-event.js';
import { readLockFile } from '../catalog/lock-file/read-lock-file.js';
import { OptionProblems } from '../configuration/option-problems.js';
import { describeValue, quote } from '../common/describe-value.js';
import { ConfigurationError } from '../errors/configuration.error.js';
import { LockFileError } from '../errors/lock-file.error.js';
import type { NamedLockFile } from './account/declared-types.js';
import type { SandboxOptions, SandboxQuota, SeedEvent } from './sandbox.options.js';

/** The sandbox's options, checked and with their defaults. */
export interface ResolvedSandboxOptions {
  readonly port: number;
  readonly host: string;
  readonly apiKey: string | undefined;
  readonly licenseCode: string | undefined;
  readonly quota: Readonly<Required<SandboxQuota>>;
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly now: () => number;
  readonly seed: readonly SeedEvent[];
  readonly catalog: readonly CatalogEvent[];
  readonly lockFile: NamedLockFile | undefined;
}

/**
 * Checks the sandbox's options and fills in their defaults.
 *
 * @throws {ConfigurationError} (as a rejection) lists every wrong option at once
 */
export async function resolveSandboxOptions(given: SandboxOptions): Promise<ResolvedSandboxOptions> {
  const problems = new OptionProblems({});
  const quota = problems.object('quota', given.quota);
  const resolved: ResolvedSandboxOptions = {
    port: problems.wholeNumber('port', given.port, 0, 0, 65_535),
    host: text(problems, 'host', given.host) ?? '127.0.0.1',
    apiKey: text(problems, 'apiKey', given.apiKey),
    licenseCode: text(problems, 'licenseCode', given.licenseCode),
    quota: {
      single: problems.wholeNumber('quota.single', quota.single, 5_000),
      bulk: problems.wholeNumber('quota.bulk', quota.bulk, 500),
      interval: problems.milliseconds('quota.interval', quota.interval, 60_000, 1),
    },
    maxEvents: problems.wholeNumber('maxEvents', given.maxEvents, 10_000),
    maxBytes: problems.wholeNumber('maxBytes', given.maxBytes, 33_554_432),
    now: given.now ?? Date.now,
    seed: given.seed ?? [],
    catalog: await eventsOf(problems, given.catalog),
    lockFile: lockFileOf(problems, given.lockFile),
  };
  problems.function('now', given.now);
  for (const option of Object.keys(given)) {
    if (!Object.hasOwn(resolved, option)) problems.add(quote(option), 'is no option of the sandbox');
  }
  if (!Array.isArray(resolved.seed)) problems.add('seed', `must be an Array, but is ${describeValue(given.seed)}`);
  if (problems.found.length > 0) throw new ConfigurationError(problems.found, 'The sandbox');
  return resolved;
}

async function eventsOf(problems: OptionProblems, classes: unknown): Promise<readonly CatalogEvent[]> {
  if (classes === undefined) return [];
  if (!Array.isArray(classes)) {
    problems.add('catalog', `must be an Array of event classes, but is ${describeValue(classes)}`);
    return [];
  }
  // What reads classes takes longer to load than the whole sandbox, which most often has none.
  const { readCatalog } = await import('../catalog/read-catalog.js');
  const reading = readCatalog(classes);
  for (const { place, message } of reading.problems)
    problems.add(place.startsWith('[') ? `catalog${place}` : place, message);
  return reading.events;
}

function lockFileOf(problems: OptionProblems, given: unknown): NamedLockFile | undefined {
  const path = text(problems, 'lockFile', given);
  if (path === undefined) return undefined;
  try {
    return { name: basename(path), lockFile: readLockFile(path) };
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    problems.add('lockFile', error.message);
    return undefined;
  }
}

function text(problems: OptionProblems, option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  problems.add(option, `must be a String that is not empty, but is ${value === '' ? 'empty' : describeValue(value)}`);
  return undefined;
}
