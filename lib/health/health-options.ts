import { describeValue } from '../common/describe-value.js';
import { OptionProblems } from '../configuration/option-problems.js';
import { ConfigurationError } from '../errors/configuration.error.js';

const MINUTE = 60_000;

/** From which point on delivery is called unhealthy. `Infinity` takes a limit away. */
export interface WebEngageHealthOptions {
  /** So many events may be pending. Default: 8,000, four fifths of what `delivery.maxPending` is by default. */
  maxPending?: number;
  /** So long may the oldest pending event have waited, in milliseconds. Default: 300,000 (five minutes). */
  maxPendingAge?: number;
  /** So much of the account's quota may be used up, of either kind of call, from 0 to 1. Default: 1, all of it. */
  maxQuotaUse?: number;
  /**
   * So long may WebEngage have taken nothing, in milliseconds, while something was pending all that time. Default: 120,000
   * (two minutes).
   */
  maxSinceDelivered?: number;
  /** What a paused delivery is: nothing is sent, because the host is down or access is refused. Default: `'down'`. */
  whenPaused?: 'down' | 'up';
  /** The `account` of one of several modules. Default: the one without a name. */
  account?: string;
}

/** The limits with their defaults. */
export type HealthLimits = Readonly<Required<Omit<WebEngageHealthOptions, 'account'>>>;

const DEFAULTS: HealthLimits = {
  maxPending: 8_000,
  maxPendingAge: 5 * MINUTE,
  maxQuotaUse: 1,
  maxSinceDelivered: 2 * MINUTE,
  whenPaused: 'down',
};

/**
 * Checks the options and fills in their defaults.
 *
 * @throws {ConfigurationError} that lists all that is wrong with them
 */
export function resolveHealthOptions(given: unknown): HealthLimits & Pick<WebEngageHealthOptions, 'account'> {
  const problems = new OptionProblems({});
  const options = problems.object('options', given);
  const limit = (option: keyof HealthLimits & `max${string}`, most: number): number => {
    const { [option]: value = DEFAULTS[option] } = options;
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    const bounds = most === Infinity ? 'from 0 on, or Infinity for no limit' : `from 0 to ${most}`;
    problems.add(
      option,
      `must be a number ${bounds}, but is ${typeof value === 'number' ? value : describeValue(value)}`,
    );
    return DEFAULTS[option];
  };
  const { account } = options;
  if (account !== undefined && typeof account !== 'string')
    problems.add('account', `must be a String, but is ${describeValue(account)}`);
  const resolved = {
    maxPending: limit('maxPending', Infinity),
    maxPendingAge: limit('maxPendingAge', Infinity),
    maxQuotaUse: limit('maxQuotaUse', 1),
    maxSinceDelivered: limit('maxSinceDelivered', Infinity),
    whenPaused: problems.oneOf('whenPaused', options.whenPaused, ['down', 'up'], DEFAULTS.whenPaused),
    account: account as string | undefined,
  };
  if (problems.found.length > 0) throw new ConfigurationError(problems.found, 'WebEngageHealthIndicator');
  return resolved;
}
