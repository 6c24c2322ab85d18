import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { resolveOptions } from '../../lib/configuration/resolve-options.js';

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
    ['retry.minDelay', -1, /from 0/],
    ['retry.maxDelay', 100, /from 250/],
    ['maxEventBytes', 0, /from 1/],
    ['onRefused', 'ignore', /"reject", "report"/],
    ['http', 'agent', /must be an object/],
    ['delivery', 'direct', /must be an object/],
    ['delivery.mode', 'eventually', /"direct"/],
    ['delivery.maxPending', 0, /from 1/],
    ['delivery.concurrency', NaN, /but is NaN/],
    ['identify', 'user', /must be a function/],
  ])('%s: %p is refused at boot', async (path, value, message) => {
    const [option = '', field] = path.split('.');
    const options = { ...VALID, [option]: field === undefined ? value : { [field]: value } };
    const error = await bootWith(options);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map((problem) => problem.option)).toEqual([path]);
    expect((error as ConfigurationError).message).toMatch(message);
  });

  it('are refused all at once', async () => {
    const error = await bootWith({ host: 'x', timeout: -1, retry: { maxAttempts: 0 }, identify: 1 });
    expect((error as ConfigurationError).problems.map(({ option }) => option)).toEqual([
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
      retry: { maxAttempts: 3, minDelay: 250, maxDelay: 30_000 },
      maxEventBytes: 1_048_576,
      onRefused: 'reject',
      delivery: {
        mode: 'direct',
        maxPending: 10_000,
        maxPendingBytes: 67_108_864,
        concurrency: 16,
        shutdownTimeout: 10_000,
      },
    });
  });
});
