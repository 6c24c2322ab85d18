import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from 'nestjs-webengage';
import { bullMqDelivery, type BullMqDeliveryOptions } from 'nestjs-webengage/bullmq';
import { startTracking } from '../../support/tracking-context.js';

const NOWHERE = 'redis://127.0.0.1:1';

async function problemsOf(options: unknown): Promise<ConfigurationError['problems']> {
  const delivery = bullMqDelivery(options as BullMqDeliveryOptions);
  const error: unknown = await startTracking({ delivery, host: 'http://127.0.0.1:1' }).then(
    ({ app }) => app.close(),
    (reason: unknown) => reason,
  );
  return error instanceof ConfigurationError ? error.problems : [];
}

describe('the options of bullMqDelivery()', () => {
  it.each<[string, unknown, RegExp]>([
    ['connection', undefined, /is missing/],
    ['connection', 'http://localhost', /redis:\/\//],
    ['connection', 42, /must be an object/],
    ['connection', { isCluster: true }, /Cluster/],
    ['queueName', '', /not empty/],
    ['queueName', 'a:b', /no colon/],
    ['queueName', 7, /String/],
    ['prefix', '', /not empty/],
    ['role', 'consumer', /"both", "producer", "worker"/],
    ['bulk', 'backlog', /"never", "always"/],
    ['whenUnavailable', 'drop', /"reject", "memory"/],
    ['linger', -1, /from 0/],
    ['linger', 0.5, /but is 0.5/],
    ['enqueueTimeout', 0, /from 1/],
    ['maxPending', 0, /from 1/],
    ['maxPendingBytes', 0, /from 1/],
    ['concurrency', 0, /from 1/],
    ['shutdownTimeout', -1, /from 0/],
    ['lockDuration', 999, /from 1000/],
    ['stalledInterval', 99, /from 100/],
    ['quota', 5_000, /must be an object/],
    ['quota.single', 0, /from 1/],
    ['quota.bulk', 1.5, /but is 1.5/],
    ['quota.interval', 0, /from 1/],
    ['keepFailed', 1, /must be an object/],
    ['keepFailed.count', 0, /from 1/],
    ['keepFailed.age', '14d', /but is a String/],
  ])('%s: %p is named as wrong', async (option, value, message) => {
    const [group = '', field] = option.split('.');
    const given = field === undefined ? { [group]: value } : { [group]: { [field]: value } };
    const problems = await problemsOf({ connection: NOWHERE, ...given });
    expect(problems).toMatchObject([{ option: `delivery.${option}` }]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('that are wrong are named all at once', async () => {
    const problems = await problemsOf({ role: 'consumer', bulk: 'backlog', quota: { single: 0 } });
    expect(problems.map(({ option }) => option).sort()).toEqual([
      'delivery.bulk',
      'delivery.connection',
      'delivery.quota.single',
      'delivery.role',
    ]);
  });

  it.each([undefined, null, 'redis://localhost', 42])('must be an object, not %p', async (options) => {
    expect((await problemsOf(options)).length).toBeGreaterThan(0);
  });

  it('have defaults for all but the connection', async () => {
    await expect(problemsOf({ connection: NOWHERE, role: 'producer', shutdownTimeout: 0 })).resolves.toEqual([]);
  });
});
