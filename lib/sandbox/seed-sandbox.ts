import { describeValue } from '../common/describe-value.js';
import { type ConfigurationProblem, ConfigurationError } from '../errors/configuration.error.js';
import type { ResolvedSandboxOptions } from './resolve-sandbox-options.js';
import { InvalidParameters } from './arrivals/wire-event.js';
import type { WebEngageApi } from './webengage-api/webengage-api.js';

/** How many wrong events of a seed are listed. */
const MAX_PROBLEMS = 20;

/**
 * Has the sandbox take in what it is to begin with.
 *
 * @throws {ConfigurationError} lists the events that WebEngage would answer with 400
 */
export function seedSandbox(
  webEngageApi: WebEngageApi,
  { seed, licenseCode: only }: Pick<ResolvedSandboxOptions, 'seed' | 'licenseCode'>,
): void {
  const problems: ConfigurationProblem[] = [];
  for (const [index, event] of seed.entries()) {
    const message = seedEvent(webEngageApi, event, only);
    if (message !== undefined) problems.push({ option: `seed[${index}]`, message });
    if (problems.length === MAX_PROBLEMS) break;
  }
  if (problems.length > 0) throw new ConfigurationError(problems, 'The sandbox');
}

/** What is wrong with the event, if it cannot be taken in. */
function seedEvent(webEngageApi: WebEngageApi, event: unknown, only: string | undefined): string | undefined {
  if (typeof event !== 'object' || event === null) return `must be an object, but is ${describeValue(event)}`;
  const { licenseCode } = event as { licenseCode?: unknown };
  const account = only ?? licenseCode;
  if (typeof account !== 'string' || account === '') {
    return 'needs a licenseCode, where the sandbox itself is given none: data types are locked account by account';
  }
  try {
    webEngageApi.seed(account, event);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidParameters) return error.message.replace(/^Error: /, '');
    throw error;
  }
}
