import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import {
  EventsService,
  type FailedEvent,
  WebEngageModule,
  webEngageConfig,
  type WebEngageModuleOptions,
} from 'nestjs-webengage';
import { Agent } from 'node:http';
import { inspect } from 'node:util';
import { type Fault } from '../support/faulty-proxy.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { useWebEngageBehindProxy } from '../support/webengage-behind-proxy.js';

type Delivery = WebEngageModuleOptions['delivery'];

const CANARY = 'canary-7f3a9c1e5b';
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const ECHO = JSON.stringify({
  response: { status: 'error', message: `the key ${CANARY} is wrong; Bearer ${CANARY}` },
});

// A whole container takes a while to make visible on a busy machine.
jest.setTimeout(60_000);

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

/** What a test came by, in whatever way. */
const seen: unknown[] = [];

beforeEach(() => {
  seen.length = 0;
});

function expectNoCanary(canary = CANARY): void {
  for (const value of seen) {
    const text = everythingOf(value);
    const index = text.indexOf(canary);
    // Of megabytes it shows where to look.
    expect(index < 0 ? 'no canary' : text.slice(Math.max(0, index - 200), index + 200)).toBe('no canary');
  }
}

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);

describe.each<[string, Delivery]>([
  ['direct delivery', { mode: 'direct' }],
  ['background delivery', { mode: 'background' }],
  ['background delivery in bulk', { mode: 'background', bulk: 'always' }],
])('with %s, the API key', (_name, delivery) => {
  const webEngage = useWebEngageBehindProxy({ apiKey: CANARY }, { apiKey: CANARY, delivery });
  let failed: FailedEvent[];

  async function start(options: Partial<WebEngageModuleOptions> = {}): Promise<EventsService> {
    const retry = { maxAttempts: 3, minDelay: 1, maxDelay: 2 };
    const events = await webEngage.start({ retry, ...options });
    failed = [];
    events.failed$.subscribe((event) => {
      failed.push(event);
      seen.push(event);
    });
    events.delivered$.subscribe((delivered) => seen.push(delivered));
    seen.push(events, webEngage.tracking.logger.lines, events.stats());
    return events;
  }

  const isSent = async () => {
    while (webEngage.proxy.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it.each<[string, Fault[]]>([
    ['delivered', []],
    ['refused, and WebEngage repeats the key', times(2, { status: 400, body: ECHO })],
    ['not let in, and WebEngage repeats the key', [{ status: 401, body: ECHO }]],
    [
      'refused with the key at the end of a message that is cut',
      [{ status: 400, body: JSON.stringify({ response: { message: `${'x'.repeat(470)}${CANARY}` } }) }],
    ],
    ['answered with an error page that repeats it', [{ status: 404, body: `<html>${CANARY}</html>` }]],
    ['answered with a redirect', [{ status: 302, headers: { Location: `http://127.0.0.1/${CANARY}` } }]],
    ['reset', times(3, 'reset')],
    ['answered with too much', times(3, { status: 201, body: CANARY.repeat(100_000) })],
  ])('is nowhere but in the header when the event is %s', async (_outcome, faults) => {
    webEngage.proxy.next(...faults);
    const events = await start();
    seen.push(await events.track(EVENT).catch((error: unknown) => error));
    seen.push(await events.trackMany([EVENT, EVENT]).catch((error: unknown) => error));
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 3 - failed.length, failed: failed.length });
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
    await isSent();
    // The whole container, and with it every provider.
    seen.push(tracked, webEngage.tracking.app);
    expectNoCanary();
    await events.flush();
    expect(failed[0].message).toContain('no answer within 100 ms');
    seen.push(await tracked.catch((error: unknown) => error));
    expectNoCanary();
  });

  it("is in nothing that can be inspected while the user's own agent carries a call", async () => {
    webEngage.proxy.next('hang');
    const httpAgent = new Agent({ keepAlive: true });
    const events = await start({ timeout: 100, retry: { maxAttempts: 1 }, http: { httpAgent } });
    const tracked = events.track(EVENT);
    await isSent();
    seen.push(tracked);
    expectNoCanary();
    await events.flush();
    expect(failed[0].message).toContain('no answer within 100 ms');
    expectNoCanary();
    httpAgent.destroy();
  });

  it("nor is the proxy's password", async () => {
    const password = 'pass-5d1f';
    const events = await start({ http: { proxy: { host: '127.0.0.1', port: 9, auth: { username: 'u', password } } } });
    seen.push(await events.track(EVENT).catch((error: unknown) => error));
    await events.flush();
    expect(failed).toHaveLength(1);
    expectNoCanary(password);
  });
});

describe.each<[string, Delivery]>([
  ['one by one', { mode: 'background', shutdownTimeout: 1 }],
  ['in bulk', { mode: 'background', shutdownTimeout: 1, bulk: 'always' }],
])('the API key, while events wait for WebEngage %s', (_name, delivery) => {
  const webEngage = useWebEngageBehindProxy({}, { apiKey: CANARY, delivery });

  it.each<[string, Fault, string]>([
    ['which refuses the key and repeats it', { status: 401, body: ECHO }, 'Check apiKey'],
    ['which forbids it and repeats it', { status: 403, body: ECHO }, 'Check apiKey'],
    ['which is down and repeats it', { status: 503, body: ECHO }, 'until WebEngage can be reached'],
  ])('%s, is in nothing that is logged, reported or to be inspected', async (_what, fault, line) => {
    webEngage.proxy.next(...times(10_000, fault));
    const events = await webEngage.start({ retry: { maxAttempts: 10_000, minDelay: 1, maxDelay: 2 } });
    const { app, logger } = webEngage.tracking;
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    seen.push(events, failed, logger.lines, await events.trackMany([EVENT, EVENT]));
    while (logger.at('error').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expectNoCanary();
    await app.close();
    expect(failed).toMatchObject([{ reason: 'shut down' }, { reason: 'shut down' }]);
    // Nothing of a host that is down: the shutdown broke the last call off.
    expect(logger.at('error')).toEqual([
      expect.stringContaining(line),
      expect.stringContaining('shut down before 2 events were delivered'),
    ]);
    expect(logger.at('error')[0]).toContain('[api key]');
    expectNoCanary();
  });
});

describe('the API key', () => {
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
});
