import { describeValue } from '../common/describe-value.js';
import type { RetryLimits } from '../delivery/retry-policy.js';
import { ConfigurationError } from '../errors/configuration.error.js';
import { limits } from '../events/constraints/limits.js';
import type { BeforeSend } from '../events/before-send.js';
import type { OnTypeConflict } from '../events/type-conflicts.js';
import type { Instrumentation } from '../instrumentation/instrumentation.js';
import { type PayloadRedaction, showAll } from '../instrumentation/payload-log.js';
import type { Identify } from '../tracking/track-event.options.js';
import type { HttpOptions, OnRefused } from '../webengage.options.js';
import { checkApiKey, checkLicenseCode } from './check-credentials.js';
import { ENVIRONMENT_VARIABLES } from './environment-variables.js';
import { OptionProblems } from './option-problems.js';
import { type ResolvedDelivery, resolveDelivery } from './resolve-delivery.js';
import { resolveHost } from './resolve-host.js';
import { type ResolvedTypeLock, resolveTypeLock } from './resolve-type-lock.js';
import { Secret } from './secret.js';

/** Direct delivery keeps its caller waiting. */
const DEFAULT_ATTEMPTS = { background: 10, direct: 3, custom: 10 };

/** The module's options, checked and with their defaults. Safe to inspect: the key is hidden. */
export interface ResolvedOptions {
  readonly licenseCode: string;
  readonly apiKey: Secret<string>;
  /** The API's origin. */
  readonly host: string;
  readonly enabled: boolean;
  readonly timeout: number;
  readonly retry: Omit<RetryLimits, 'maxRetryAfter'>;
  readonly maxEventBytes: number;
  readonly onRefused: OnRefused;
  readonly onTypeConflict: OnTypeConflict;
  readonly typeLock: ResolvedTypeLock;
  /** Hidden too: a proxy has a password, and an agent's sockets hold the headers of the calls that are under way. */
  readonly http: Secret<HttpOptions>;
  readonly delivery: ResolvedDelivery;
  readonly identify: Identify | undefined;
  readonly beforeSend: BeforeSend | undefined;
  /** Absent: what is sent is not logged. */
  readonly logPayloads: PayloadRedaction | undefined;
  readonly instrumentation: Instrumentation | undefined;
}

/**
 * Checks the module's options and fills in their defaults.
 *
 * @throws {ConfigurationError} lists every wrong option at once
 */
export function resolveOptions(given: unknown): ResolvedOptions {
  const problems = new OptionProblems(ENVIRONMENT_VARIABLES);
  if (typeof given !== 'object' || given === null) {
    problems.add('options', `must be an object, but is ${describeValue(given)}`);
    throw new ConfigurationError(problems.found);
  }
  const options = given as Record<string, unknown>;
  const enabled = problems.boolean('enabled', options.enabled, true);
  // Where nothing is sent nothing is to be connected to either.
  const isIdle = !enabled && typeof options.delivery === 'function';
  const delivery = resolveDelivery(problems, isIdle ? undefined : options.delivery);
  const resolved: ResolvedOptions = {
    enabled,
    licenseCode: checkLicenseCode(problems, options.licenseCode, enabled),
    apiKey: new Secret(checkApiKey(problems, options.apiKey, enabled)),
    host: resolveHost(problems, options),
    timeout: problems.milliseconds('timeout', options.timeout, 10_000, 1),
    retry: resolveRetry(problems, options.retry, delivery.mode),
    maxEventBytes: problems.wholeNumber('maxEventBytes', options.maxEventBytes, limits.eventBytes, 1),
    onRefused: problems.oneOf('onRefused', options.onRefused, ['reject', 'report'], 'reject'),
    onTypeConflict: problems.oneOf(
      'onTypeConflict',
      options.onTypeConflict,
      ['reject', 'drop-attribute', 'warn'],
      'drop-attribute',
    ),
    typeLock: resolveTypeLock(problems, options.typeLock),
    http: new Secret(problems.object('http', options.http)),
    delivery,
    identify: options.identify as Identify | undefined,
    beforeSend: options.beforeSend as BeforeSend | undefined,
    logPayloads: resolveLogPayloads(problems, options.logPayloads),
    instrumentation: resolveInstrumentation(problems, options.instrumentation),
  };
  problems.function('identify', options.identify);
  problems.function('beforeSend', options.beforeSend);
  if (problems.found.length > 0) throw new ConfigurationError(problems.found);
  return resolved;
}

function resolveRetry(
  problems: OptionProblems,
  given: unknown,
  mode: ResolvedDelivery['mode'],
): ResolvedOptions['retry'] {
  const retry = problems.object('retry', given);
  const minDelay = problems.milliseconds('retry.minDelay', retry.minDelay, 250);
  return {
    maxAttempts: problems.wholeNumber('retry.maxAttempts', retry.maxAttempts, DEFAULT_ATTEMPTS[mode], 1),
    minDelay,
    maxDelay: problems.milliseconds('retry.maxDelay', retry.maxDelay, Math.max(30_000, minDelay), minDelay),
  };
}

function resolveLogPayloads(problems: OptionProblems, given: unknown): PayloadRedaction | undefined {
  if (typeof given === 'function') return given as PayloadRedaction;
  return problems.boolean('logPayloads', given, false) ? showAll : undefined;
}

function resolveInstrumentation(problems: OptionProblems, given: unknown): Instrumentation | undefined {
  if (given === undefined) return undefined;
  const instrumentation = problems.object('instrumentation', given) as Record<keyof Instrumentation, unknown>;
  for (const method of ['start', 'accept', 'attempt'] as const)
    problems.function(`instrumentation.${method}`, instrumentation[method]);
  return instrumentation as Instrumentation;
}
