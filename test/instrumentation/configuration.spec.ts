import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { API_KEY, LICENSE_CODE } from '../support/tracking-context.js';

async function bootWith(options: object): Promise<unknown> {
  const given = { licenseCode: LICENSE_CODE, apiKey: API_KEY, ...options } as WebEngageModuleOptions;
  return NestFactory.createApplicationContext(WebEngageModule.forRoot(given), {
    logger: false,
    abortOnError: false,
  }).then(
    (app) => app.close(),
    (error: unknown) => error,
  );
}

describe('the options beforeSend, logPayloads and instrumentation', () => {
  it.each<[string, unknown, RegExp]>([
    ['beforeSend', 'drop', /must be a function, but is a String/],
    ['beforeSend', null, /must be a function, but is null/],
    ['beforeSend', { call: () => null }, /must be a function, but is an Object/],
    ['logPayloads', 'yes', /must be true or false, but is a String/],
    ['logPayloads', 1, /must be true or false, but is a Number/],
    ['logPayloads', null, /must be true or false, but is null/],
    ['instrumentation', true, /must be an object, but is a Boolean/],
    ['instrumentation', null, /must be an object, but is null/],
    ['instrumentation.start', 'now', /must be a function, but is a String/],
    ['instrumentation.accept', {}, /must be a function, but is an Object/],
    ['instrumentation.attempt', null, /must be a function, but is null/],
  ])('%s: %p is refused at boot', async (path, value, message) => {
    const [option = '', field] = path.split('.');
    const error = await bootWith({ [option]: field === undefined ? value : { [field]: value } });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map((problem) => problem.option)).toEqual([path]);
    expect((error as ConfigurationError).message).toMatch(message);
  });

  it.each<object>([
    { beforeSend: undefined, logPayloads: undefined, instrumentation: undefined },
    { beforeSend: () => null, logPayloads: () => 'hidden', instrumentation: {} },
    { logPayloads: true },
    { logPayloads: false },
    { instrumentation: { start: () => undefined, accept: () => undefined, attempt: () => undefined } },
  ])('%p boots', async (options) => {
    expect(await bootWith(options)).toBeUndefined();
  });
});
