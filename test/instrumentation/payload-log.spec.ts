import { afterEach, describe, expect, it } from '@jest/globals';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventsService, getEventsToken, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { BAD_REQUEST, useBackgroundTracking } from '../support/answering-server.js';
import { DIRECT } from '../support/deliveries.js';
import { credentials } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { API_KEY } from '../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const SECRET = 'john@example.com';
const EVENT = { userId: 'johndoe', eventName: 'Signed up', eventData: { Email: SECRET } };
const eventsOf = (count: number) => Array.from({ length: count }, (_, Number) => ({ ...EVENT, eventData: { Number } }));

type LogPayloads = WebEngageModuleOptions['logPayloads'];

describe('logPayloads', () => {
  const background = useBackgroundTracking();
  expectNoUnobservedErrors();

  /** What is logged of one event, delivered at once. */
  async function linesWith(logPayloads: LogPayloads): Promise<string[]> {
    const events = await background.start({ mode: 'direct' as 'background' }, { logPayloads });
    await events.track(EVENT);
    const { lines } = background.tracking.logger;
    expect(lines.filter(({ level, text }) => level !== 'verbose' && text.includes(SECRET))).toEqual([]);
    return background.tracking.logger.at('verbose');
  }

  it.each([undefined, false])('%p: nothing is logged', async (logPayloads) => {
    expect(await linesWith(logPayloads)).toEqual([]);
  });

  it('true: each call is logged with its event, under its request id, and what it was answered', async () => {
    const lines = await linesWith(true);
    const [{ requestId, body } = { requestId: '', body: '' }] = background.server.calls;
    expect(lines).toEqual([
      `Sending (x-request-id: ${requestId}, attempt 1): ${body} WebEngage`,
      expect.stringMatching(new RegExp(`^Answered \\(x-request-id: ${requestId}\\): 201, ".*" WebEngage$`)),
    ]);
  });

  it('a function: what it returns is logged in the place of the event', async () => {
    const [sending] = await linesWith(({ eventName, eventData }) => ({
      eventName,
      attributes: Object.keys(eventData ?? {}),
    }));
    expect(sending).toContain(': {"eventName":"Signed up","attributes":["Email"]} ');
    expect(sending).not.toContain(SECRET);
    expect(background.server.ingested).toMatchObject([EVENT]);
  });

  it('a function cannot change what is sent', async () => {
    const [sending] = await linesWith((event) => {
      delete event.eventData?.Email;
      return Object.assign(event, { userId: 'hidden' });
    });
    expect(sending).toContain('"userId":"hidden"');
    expect(background.server.ingested).toMatchObject([EVENT]);
  });

  it.each<[string, (event: { eventData?: unknown }) => unknown]>([
    [
      'throws',
      ({ eventData }) => {
        throw new Error(JSON.stringify(eventData));
      },
    ],
    ['returns a promise', async (event) => event],
    [
      'returns a promise that is rejected',
      async ({ eventData }) => {
        throw new Error(JSON.stringify(eventData));
      },
    ],
    ['returns what is no JSON', (event) => ({ event, number: 1n })],
    [
      'returns what throws when it is written',
      (event) => ({
        event,
        toJSON: () => {
          throw new Error(SECRET);
        },
      }),
    ],
  ])('a function that %s: nothing of the event is shown, and it is sent', async (_, logPayloads) => {
    const lines = await linesWith(logPayloads);
    expect(lines[0]).toContain('not shown, because logPayloads failed for it');
    expect(lines.join('\n')).not.toContain(SECRET);
    expect(background.server.ingested).toMatchObject([EVENT]);
  });

  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    ['redacted', '"redacted"'],
  ])('a function that returns %p', async (value, text) => {
    const [sending] = await linesWith(() => value);
    expect(sending).toMatch(new RegExp(`: ${text} WebEngage$`));
  });

  it('writes foreign text on one line', async () => {
    const body = '{"response":{"message":"no\\n[Nest] forged","status":"error"}}';
    background.server.next({ status: 400, body });
    const events = await background.start({ mode: 'direct' as 'background' }, { logPayloads: true });
    const event = { ...EVENT, eventData: { Text: 'one\n[Nest] forged' } };
    await expect(events.track(event)).rejects.toThrow();
    expect(background.tracking.logger.at('verbose').join('')).not.toContain('\n');
  });

  it('shows each attempt, and each event of a bulk call', async () => {
    background.server.next({ status: 503 });
    const hidden: unknown[] = [];
    const logPayloads: LogPayloads = ({ eventData }) => {
      hidden.push(eventData?.Number);
      return `number ${eventData?.Number as number}`;
    };
    const events = await background.start({ bulk: 'always' }, { logPayloads });
    await events.trackMany(eventsOf(3));
    await events.flush();
    const lines = background.tracking.logger.at('verbose');
    const [{ requestId } = { requestId: '' }] = background.server.calls;
    const shown = '["number 0","number 1","number 2"]';
    expect(lines).toEqual([
      `Sending (x-request-id: ${requestId}, attempt 1): ${shown} WebEngage`,
      expect.stringContaining(`Answered (x-request-id: ${requestId}): 503`),
      `Sending (x-request-id: ${requestId}, attempt 2): ${shown} WebEngage`,
      expect.stringContaining(`Answered (x-request-id: ${requestId}): 201`),
    ]);
    expect(hidden).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('shows nothing of a bulk call if the function fails for one of its events', async () => {
    const logPayloads: LogPayloads = (event) => {
      if (event.eventData?.Number === 1) throw new Error('broken');
      return event;
    };
    const events = await background.start({ bulk: 'always' }, { logPayloads });
    await events.trackMany(eventsOf(3));
    await events.flush();
    expect(background.tracking.logger.at('verbose').join('\n')).not.toContain('Signed up');
    expect(background.server.ingested).toHaveLength(3);
  });

  it('says so where no answer came', async () => {
    background.server.next('reset');
    const events = await background.start({ mode: 'direct' as 'background' }, { logPayloads: true });
    await events.track(EVENT);
    expect(background.tracking.logger.at('verbose')[1]).toMatch(/^Answered \(.*\): no status, ".+"/);
  });

  it('is never shown the key, whatever WebEngage answers', async () => {
    background.server.next(
      { status: 401, body: `{"response":{"message":"Wrong key: ${API_KEY}","status":"error"}}` },
      BAD_REQUEST,
    );
    const events = await background.start({ mode: 'direct' as 'background' }, { logPayloads: true });
    await expect(events.track(EVENT)).rejects.toThrow();
    await expect(events.track(EVENT)).rejects.toThrow();
    expect(background.tracking.logger.at('verbose')).toHaveLength(4);
    expect(background.tracking.logger.lines.filter(({ text }) => text.includes(API_KEY))).toEqual([]);
  });

  it('stands under the name of its account', async () => {
    const logger = new RecordingLogger();
    const host = background.server.url;
    const module = WebEngageModule.forRoot({
      ...credentials,
      host,
      account: 'india',
      delivery: DIRECT,
      logPayloads: true,
    });
    const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
    await app.get(getEventsToken('india')).track(EVENT);
    await app.close();
    expect(logger.at('verbose')).toEqual([
      expect.stringMatching(/^Sending .* WebEngage\(india\)$/),
      expect.stringMatching(/^Answered .* WebEngage\(india\)$/),
    ]);
  });
});

describe("where Nest's logger leaves out verbose", () => {
  const background = useBackgroundTracking();
  const levels = ['error', 'warn', 'log'] as const;

  afterEach(() => {
    // The logger is Nest's own for the whole process.
    Logger.overrideLogger(['log', 'fatal', 'error', 'warn', 'debug', 'verbose']);
    Logger.overrideLogger(new ConsoleLogger());
  });

  it.each<[string, () => Parameters<typeof NestFactory.createApplicationContext>[1]]>([
    ['by its levels', () => ({ logger: ['error'] })],
    ['by a logger with such levels', () => ({ logger: new ConsoleLogger({ logLevels: [...levels] }) })],
    ['by having none', () => ({ logger: false })],
  ])('%s, logPayloads is not even called', async (_, options) => {
    let calls = 0;
    const module = WebEngageModule.forRoot({
      ...credentials,
      host: background.server.url,
      delivery: DIRECT,
      logPayloads: () => calls++,
    });
    const app = await NestFactory.createApplicationContext(module, { ...options(), abortOnError: false });
    await app.get(EventsService).track(EVENT);
    await app.close();
    expect(background.server.ingested).toHaveLength(1);
    expect(calls).toBe(0);
  });
});
