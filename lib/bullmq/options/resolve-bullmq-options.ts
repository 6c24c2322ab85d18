import { OptionProblems } from '../../configuration/option-problems.js';
import { resolvePending, resolveQuota, resolveWork } from '../../configuration/resolve-delivery.js';
import { Secret } from '../../configuration/secret.js';
import type { DeliverySettings } from '../../delivery/delivery-tools.js';
import type { PendingLimits } from '../../delivery/pending-bounds.js';
import { ConfigurationError } from '../../errors/configuration.error.js';
import type { QuotaOptions } from '../../webengage.options.js';
import type { DeliveryRole, KeepFailedOptions, WhenUnavailable } from './bullmq-delivery.options.js';
import { type RedisConnection, resolveConnection } from './resolve-connection.js';
import { resolveText } from './resolve-text.js';

const NO_KEY_PREFIX = 'which BullMQ does not support: give delivery.prefix instead';
const FOURTEEN_DAYS = 14 * 24 * 60 * 60 * 1000;

/** The options of `bullMqDelivery()`, checked and with their defaults. */
export interface ResolvedBullMqOptions extends PendingLimits {
  /** Hidden: it may hold Redis's password. */
  readonly connection: Secret<RedisConnection>;
  readonly queueName: string;
  readonly prefix: string;
  readonly role: DeliveryRole;
  readonly quota: Readonly<Required<QuotaOptions>>;
  readonly bulk: 'never' | 'always';
  readonly linger: number;
  readonly concurrency: number;
  readonly enqueueTimeout: number;
  readonly whenUnavailable: WhenUnavailable;
  readonly shutdownTimeout: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly keepFailed: Required<KeepFailedOptions>;
}

/**
 * Checks the options and fills in their defaults.
 *
 * @throws {ConfigurationError} lists every wrong option at once
 */
export function resolveBullMqOptions(
  given: unknown,
  { licenseCode }: Pick<DeliverySettings, 'licenseCode'>,
): ResolvedBullMqOptions {
  const problems = new OptionProblems({});
  const options = problems.object('delivery', given);
  const keepFailed = problems.object('delivery.keepFailed', options.keepFailed);
  const resolved: ResolvedBullMqOptions = {
    connection: new Secret(resolveConnection(problems, 'delivery.connection', options.connection, NO_KEY_PREFIX)),
    queueName: resolveQueueName(problems, options.queueName, `webengage-${licenseCode}`),
    prefix: resolveText(problems, 'delivery.prefix', options.prefix, 'bull'),
    role: problems.oneOf('delivery.role', options.role, ['both', 'producer', 'worker'], 'both'),
    quota: resolveQuota(problems, options.quota),
    bulk: problems.oneOf('delivery.bulk', options.bulk, ['never', 'always'], 'never'),
    linger: problems.milliseconds('delivery.linger', options.linger, 20),
    enqueueTimeout: problems.milliseconds('delivery.enqueueTimeout', options.enqueueTimeout, 5_000, 1),
    whenUnavailable: problems.oneOf(
      'delivery.whenUnavailable',
      options.whenUnavailable,
      ['reject', 'memory'],
      'reject',
    ),
    ...resolvePending(problems, options),
    ...resolveWork(problems, options),
    lockDuration: problems.milliseconds('delivery.lockDuration', options.lockDuration, 30_000, 1_000),
    stalledInterval: problems.milliseconds('delivery.stalledInterval', options.stalledInterval, 30_000, 100),
    keepFailed: {
      count: problems.wholeNumber('delivery.keepFailed.count', keepFailed.count, 10_000, 1),
      age: problems.wholeNumber('delivery.keepFailed.age', keepFailed.age, FOURTEEN_DAYS, 1_000),
    },
  };
  if (problems.found.length > 0) throw new ConfigurationError(problems.found);
  return resolved;
}

function resolveQueueName(problems: OptionProblems, value: unknown, otherwise: string): string {
  const queueName = resolveText(problems, 'delivery.queueName', value, otherwise);
  if (queueName.includes(':')) problems.add('delivery.queueName', 'must hold no colon: BullMQ puts its own there');
  return queueName;
}
