import { beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { EventsService, WebEngageModule, webEngageConfig, type WebEngageModuleOptions } from 'nestjs-webengage';
import { Agent } from 'node:http';
import { inspect } from 'node:util';
import { type Fault } from '../support/faulty-proxy.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { useWebEngageBehindProxy } from '../support/webengage-behind-proxy.js';

const CANARY = 'canary-7f3a9c1e5b';
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

/** Everything that can be made visible of a value, and of what hangs on it. */
function everythingOf(value: unknown): string {
  const errors = value instanceof Error ? `${value.message} ${value.stack} ${inspect(value.cause)}` : '';
  let json: string;
  try {
    json = JSON.stringify(value) ?? '';
  } catch {
    json = '';
  }
  const inspected = inspect(value, { depth: Infinity, showHidden: true, getters: true, maxArrayLength: Infinity });
  return `${errors} ${json} ${inspected} ${String(value)}`;
}

describe('the API key', () => {
  const webEngage = useWebEngageBehindProxy({ apiKey: CANARY });
  const seen: unknown[] = [];

  beforeEach(() => {
    seen.length = 0;
  });

  function expectNoCanary(): void {
    for (const value of seen) expect(everythingOf(value)).not.toContain(CANARY);
  }

  async function start(options: Partial<WebEngageModuleOptions> = {}): Promise<EventsService> {
    const events = await webEngage.start({ apiKey: CANARY, retry: { minDelay: 1, maxDelay: 2 }, ...options });
    const { logger } = webEngage.tracking;
    events.failed$.subscribe((failed) => seen.push(failed));
    events.delivered$.subscribe((delivered) => seen.push(delivered));
    seen.push(events, logger.lines, events.stats());
    return events;
  }

  const echo = { response: { status: 'error', message: `the key ${CANARY} is wrong; Bearer ${CANARY}` } };
  it.each<[string, Fault[]]>([
    ['delivered', []],
    ['refused, and WebEngage repeats the key', [{ status: 401, body: JSON.stringify(echo) }]],
    [
      'refused with the key at the end of a message that is cut',
      [{ status: 400, body: JSON.stringify({ response: { message: `${'x'.repeat(470)}${CANARY}` } }) }],
    ],
    ['answered with an error page that repeats it', [{ status: 404, body: `<html>${CANARY}</html>` }]],
    ['answered with a redirect', [{ status: 302, headers: { Location: `http://127.0.0.1/${CANARY}` } }]],
    ['reset', ['reset', 'reset', 'reset']],
    ['answered with too much', Array.from({ length: 3 }, () => ({ status: 201, body: CANARY.repeat(100_000) }))],
  ])('is nowhere but in the header when the event is %s', async (_outcome, faults) => {
    webEngage.proxy.next(...faults);
    const events = await start();
    seen.push(await events.track(EVENT).catch((error: unknown) => error));
    seen.push(await events.trackMany([EVENT]).catch((error: unknown) => error));
    expectNoCanary();
    for (const { headers, path, body } of webEngage.proxy.calls) {
      const { authorization, ...others } = headers;
      expect(authorization).toBe(`Bearer ${CANARY}`);
      expect(JSON.stringify([others, path, body])).not.toContain(CANARY);
    }
    expect(everythingOf(webEngage.sandbox.events())).not.toContain(CANARY);
  });

  it('is in nothing that can be inspected while a call is under way', async () => {
    webEngage.proxy.next('hang');
    const events = await start({ timeout: 100, retry: { maxAttempts: 1 } });
    const tracked = events.track(EVENT);
    while (webEngage.proxy.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // The whole container, and with it every provider.
    seen.push(tracked, webEngage.tracking.app);
    expectNoCanary();
    await expect(tracked).rejects.toThrow('no answer within 100 ms');
  });

  it("is in nothing that can be inspected while the user's own agent carries a call", async () => {
    webEngage.proxy.next('hang');
    const httpAgent = new Agent({ keepAlive: true });
    const events = await start({ timeout: 100, retry: { maxAttempts: 1 }, http: { httpAgent } });
    const tracked = events.track(EVENT);
    while (webEngage.proxy.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expectNoCanary();
    await expect(tracked).rejects.toThrow('no answer within 100 ms');
    httpAgent.destroy();
  });

  it('is not in the module definition, nor in the configuration namespace', async () => {
    process.env.WEBENGAGE_API_KEY = CANARY;
    process.env.WEBENGAGE_LICENSE_CODE = '~abc';
    try {
      const options = webEngageConfig();
      expect(options.apiKey).toBe(CANARY);
      expect({ ...options }.apiKey).toBe(CANARY);
      seen.push(options, WebEngageModule.forRoot(options), webEngageConfig.asProvider());
      seen.push(WebEngageModule.forRootAsync({ useFactory: () => options }));
      const logger = new RecordingLogger();
      const app = await NestFactory.createApplicationContext(
        {
          module: class AppModule {},
          imports: [
            ConfigModule.forRoot({ ignoreEnvFile: true, isGlobal: true }),
            WebEngageModule.forRootAsync(webEngageConfig.asProvider()),
          ],
        },
        { logger },
      );
      seen.push(app.get(EventsService), logger.lines, app.get(ConfigService).get('webengage'));
      expectNoCanary();
      await app.close();
    } finally {
      delete process.env.WEBENGAGE_API_KEY;
      delete process.env.WEBENGAGE_LICENSE_CODE;
    }
  });

  it.each([
    ['a key with a line break', { apiKey: `${CANARY}\n` }],
    ['a key in the place of the license code', { licenseCode: `${CANARY}/`, apiKey: CANARY }],
    ['a key in the place of the host', { host: CANARY }],
    ['a key in the host', { host: `https://user:${CANARY}@api.webengage.com` }],
    ['a key in a path', { host: `https://api.webengage.com/${CANARY}` }],
    ['a key in the place of a choice', { dataCenter: CANARY, onRefused: CANARY, enabled: CANARY, timeout: CANARY }],
    ['a key that is an object', { apiKey: { key: CANARY } }],
  ])('is not in the error about %s', async (_what, options) => {
    const logger = new RecordingLogger();
    const error = await NestFactory.createApplicationContext(
      WebEngageModule.forRoot({ licenseCode: '~abc', apiKey: CANARY, ...options } as never),
      { logger, abortOnError: false },
    ).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    seen.push(error, logger.lines);
    expectNoCanary();
  });

  it("hides the proxy's password too", async () => {
    const password = 'pass-5d1f';
    const events = await start({ http: { proxy: { host: '127.0.0.1', port: 9, auth: { username: 'u', password } } } });
    seen.push(await events.track(EVENT).catch((error: unknown) => error));
    for (const value of seen) expect(everythingOf(value)).not.toContain(password);
  });
});
