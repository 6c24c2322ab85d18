import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { resolveOptions } from '../../lib/configuration/resolve-options.js';

// What a timer of Node can hold, in milliseconds.
const LONGEST_TIMER = 2_147_483_647;
const VALID = { licenseCode: '~2024bb40', apiKey: 'key' };

async function bootWith(options: unknown): Promise<unknown> {
  const module = WebEngageModule.forRoot(options as WebEngageModuleOptions);
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false }).then(
    (app) => app.close(),
    (error: unknown) => error,
  );
}

describe('the options', () => {
  it.each<[string, unknown, RegExp]>([
    ['licenseCode', undefined, /WEBENGAGE_LICENSE_CODE.*is missing/],
    ['licenseCode', '', /is missing/],
    ['licenseCode', 42, /must be a String, but is a Number/],
    ['licenseCode', 'a/b', /one segment/],
    ['licenseCode', 'a?b', /one segment/],
    ['licenseCode', 'a#b', /one segment/],
    ['licenseCode', 'a%2fb', /one segment/],
    ['licenseCode', 'a b', /one segment/],
    ['licenseCode', 'a\n', /one segment/],
    ['licenseCode', '..', /one segment/],
    ['licenseCode', '.', /one segment/],
    ['licenseCode', 'é', /one segment/],
    ['apiKey', undefined, /WEBENGAGE_API_KEY.*is missing/],
    ['apiKey', 'key\r\nX: y', /control characters/],
    ['apiKey', 'key ', /white space/],
    ['apiKey', 'schlüssel', /beyond ASCII/],
    ['apiKey', { key: 'x' }, /must be a String/],
    ['dataCenter', 'europe', /WEBENGAGE_DATA_CENTER.*"global", "india", "ksa"/],
    ['host', 'api.webengage.com', /WEBENGAGE_HOST.*https:\/\//],
    ['host', 'ftp://api.webengage.com', /https:\/\//],
    ['host', 'http://api.webengage.com', /must be https/],
    ['host', 'http://localhost.evil.com', /must be https/],
    ['host', 'http://127.0.0.1.evil.com', /must be https/],
    ['host', 'https://user:pw@api.webengage.com', /user name or a password/],
    ['host', 'https://api.webengage.com/v1', /origin/],
    ['host', 'https://api.webengage.com?x', /origin/],
    ['host', 42, /must be a String/],
    ['enabled', 'yes', /WEBENGAGE_ENABLED.*true or false/],
    ['allowInsecureHost', 1, /true or false/],
    ['timeout', 0, /whole number from 1 .* but is 0/],
    ['timeout', 1.5, /but is 1.5/],
    ['timeout', '10', /but is a String/],
    ['timeout', Infinity, /but is Infinity/],
    ['retry', 3, /must be an object/],
    ['retry.maxAttempts', 0, /from 1/],
    ['retry.maxAttempts', 2.5, /but is 2.5/],
    ['retry.minDelay', -1, /from 0/],
    ['retry.minDelay', LONGEST_TIMER + 1, /to 2147483647, but is 2147483648/],
    ['retry.maxDelay', 249, /from 250 .* but is 249/],
    ['retry.maxDelay', '1s', /but is a String/],
    ['maxEventBytes', 0, /from 1/],
    ['onRefused', 'ignore', /"reject", "report"/],
    ['http', 'agent', /must be an object/],
    ['delivery', 'direct', /must be an object/],
    ['delivery', null, /must be an object, but is null/],
    ['delivery.mode', 'eventually', /"background", "direct"/],
    ['delivery.mode', 'Background', /"background", "direct"/],
    ['delivery.mode', null, /"background", "direct"/],
    ['delivery.maxPending', 0, /from 1/],
    ['delivery.maxPendingBytes', 0, /from 1/],
    ['delivery.concurrency', 0, /from 1/],
    ['delivery.concurrency', NaN, /but is NaN/],
    ['delivery.shutdownTimeout', -1, /from 0/],
    ['delivery.shutdownTimeout', LONGEST_TIMER + 1, /to 2147483647, but is 2147483648/],
    ['delivery.overflow', 'drop-newest', /"reject", "drop-oldest"/],
    ['delivery.overflow', true, /"reject", "drop-oldest"/],
    ['delivery.bulk', 'sometimes', /"never", "backlog", "always"/],
    ['delivery.bulk', false, /"never", "backlog", "always"/],
    ['delivery.bulkAfter', -1, /from 0/],
    ['delivery.bulkAfter', 0.5, /but is 0.5/],
    ['delivery.bulkAfter', LONGEST_TIMER + 1, /to 2147483647, but is 2147483648/],
    ['delivery.quota', 5_000, /must be an object, but is a Number/],
    ['delivery.quota', null, /must be an object, but is null/],
    ['delivery.quota.single', 0, /from 1/],
    ['delivery.quota.single', 83.3, /but is 83.3/],
    ['delivery.quota.single', Infinity, /but is Infinity/],
    ['delivery.quota.bulk', 0, /from 1/],
    ['delivery.quota.bulk', '500', /but is a String/],
    ['delivery.quota.interval', 0, /from 1/],
    ['delivery.quota.interval', LONGEST_TIMER + 1, /to 2147483647, but is 2147483648/],
    ['identify', 'user', /must be a function/],
  ])('%s: %p is refused at boot', async (path, value, message) => {
    const [option = '', ...fields] = path.split('.');
    const given = fields.reduceRight<unknown>((inner, field) => ({ [field]: inner }), value);
    const error = await bootWith({ ...VALID, [option]: given });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map((problem) => problem.option)).toEqual([path]);
    expect((error as ConfigurationError).message).toMatch(message);
  });

  it('are refused all at once', async () => {
    const delivery = { overflow: 'x', quota: { single: 0, bulk: 0, interval: 0 }, bulk: 'x', bulkAfter: -1 };
    const error = await bootWith({ host: 'x', timeout: -1, retry: { maxAttempts: 0 }, delivery, identify: 1 });
    expect((error as ConfigurationError).problems.map(({ option }) => option)).toEqual([
      'delivery.overflow',
      'delivery.quota.single',
      'delivery.quota.bulk',
      'delivery.quota.interval',
      'delivery.bulk',
      'delivery.bulkAfter',
      'licenseCode',
      'apiKey',
      'host',
      'timeout',
      'retry.maxAttempts',
      'identify',
    ]);
  });

  it.each([undefined, null, 'options', 42])('forRoot(%p) does not throw, the boot rejects', async (options) => {
    expect(await bootWith(options)).toBeInstanceOf(ConfigurationError);
  });

  it.each([undefined, null, {}, { imports: [] }])(
    'forRootAsync(%p) does not throw, the boot rejects',
    async (given) => {
      const module = WebEngageModule.forRootAsync(given as never);
      const boot = NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
      await expect(boot).rejects.toThrow(/needs one of useFactory, useClass and useExisting/);
    },
  );

  it.each([undefined, null, 'options'])('a factory that answers %p is refused', async (answer) => {
    const module = WebEngageModule.forRootAsync({ useFactory: () => answer as never });
    const boot = NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    await expect(boot).rejects.toThrow(/options: must be an object/);
  });

  it.each([{ overflow: 'reject' }, { quota: {} }, { bulk: 'never' }, { bulkAfter: 1 }])(
    '%p is refused beside direct delivery, where it would do nothing',
    (option) => {
      const [name] = Object.keys(option);
      expect(() => resolveOptions({ ...VALID, delivery: { mode: 'direct', ...option } })).toThrow(
        new RegExp(`delivery\\.${name}.* has no meaning with delivery.mode "direct"`),
      );
    },
  );

  it.each([
    [{}, 'https://api.webengage.com'],
    [{ dataCenter: 'global' }, 'https://api.webengage.com'],
    [{ dataCenter: 'india' }, 'https://api.in.webengage.com'],
    [{ dataCenter: 'ksa' }, 'https://api.ksa.webengage.com'],
    [{ dataCenter: 'ksa', host: 'https://proxy.example' }, 'https://proxy.example'],
    [{ host: 'https://proxy.example:8443/' }, 'https://proxy.example:8443'],
    [{ host: 'http://localhost:4010' }, 'http://localhost:4010'],
    [{ host: 'http://127.1.2.3:4010' }, 'http://127.1.2.3:4010'],
    [{ host: 'http://[::1]:4010' }, 'http://[::1]:4010'],
    [{ host: 'http://sandbox:4010', allowInsecureHost: true }, 'http://sandbox:4010'],
  ])('%p leads to %s', (options, host) => {
    expect(resolveOptions({ ...VALID, ...options }).host).toBe(host);
  });

  it.each(['~2024bb40', 'in~58adcb82', 'a.b-c_d', '11b5648a7', "a!$&'()*+,;=:@"])(
    '%s is a license code',
    (licenseCode) => {
      expect(resolveOptions({ ...VALID, licenseCode }).licenseCode).toBe(licenseCode);
    },
  );

  it('have the documented defaults', () => {
    expect(resolveOptions(VALID)).toMatchObject({
      enabled: true,
      timeout: 10_000,
      retry: { maxAttempts: 10, minDelay: 250, maxDelay: 30_000 },
      maxEventBytes: 1_048_576,
      onRefused: 'reject',
      delivery: {
        mode: 'background',
        maxPending: 10_000,
        maxPendingBytes: 67_108_864,
        concurrency: 16,
        shutdownTimeout: 10_000,
        overflow: 'reject',
        quota: { single: 5_000, bulk: 500, interval: 60_000 },
        bulk: 'backlog',
        bulkAfter: 5_000,
      },
    });
  });

  it.each<[object | undefined, number]>([
    [undefined, 10],
    [{}, 10],
    [{ mode: 'background' }, 10],
    [{ mode: 'direct' }, 3],
  ])(
    'with the delivery %p an event is sent %i times at most, unless retry.maxAttempts says otherwise',
    (delivery, max) => {
      expect(resolveOptions({ ...VALID, delivery }).retry).toEqual({
        maxAttempts: max,
        minDelay: 250,
        maxDelay: 30_000,
      });
      for (const retry of [{}, { minDelay: 1_000 }]) {
        expect(resolveOptions({ ...VALID, delivery, retry }).retry.maxAttempts).toBe(max);
      }
      expect(resolveOptions({ ...VALID, delivery, retry: { maxAttempts: 5 } }).retry.maxAttempts).toBe(5);
    },
  );

  it('of direct delivery have the same defaults, without those of the background', () => {
    expect(resolveOptions({ ...VALID, delivery: { mode: 'direct' } }).delivery).toEqual({
      mode: 'direct',
      maxPending: 10_000,
      maxPendingBytes: 67_108_864,
      concurrency: 16,
      shutdownTimeout: 10_000,
    });
  });

  it.each([
    { mode: 'direct', maxPending: 1, maxPendingBytes: 1, concurrency: 1, shutdownTimeout: 0 },
    {
      mode: 'background',
      maxPending: 1,
      maxPendingBytes: 1,
      concurrency: 1,
      shutdownTimeout: 0,
      overflow: 'drop-oldest',
      quota: { single: 1, bulk: 1, interval: 1 },
      bulk: 'never',
      bulkAfter: 0,
    },
    {
      mode: 'background',
      maxPending: Number.MAX_SAFE_INTEGER,
      maxPendingBytes: Number.MAX_SAFE_INTEGER,
      concurrency: Number.MAX_SAFE_INTEGER,
      shutdownTimeout: LONGEST_TIMER,
      overflow: 'reject',
      quota: { single: Number.MAX_SAFE_INTEGER, bulk: Number.MAX_SAFE_INTEGER, interval: LONGEST_TIMER },
      bulk: 'always',
      bulkAfter: LONGEST_TIMER,
    },
  ])('of the delivery may be as low and as high as %p', (delivery) => {
    expect(resolveOptions({ ...VALID, delivery }).delivery).toEqual(delivery);
  });

  it('of the quota are filled in one by one', () => {
    const quotaOf = (quota: object) => resolveOptions({ ...VALID, delivery: { mode: 'background', quota } }).delivery;
    expect(quotaOf({ single: 100 })).toMatchObject({ quota: { single: 100, bulk: 500, interval: 60_000 } });
    expect(quotaOf({ bulk: 10, interval: 1_000 })).toMatchObject({
      quota: { single: 5_000, bulk: 10, interval: 1_000 },
    });
  });
});
