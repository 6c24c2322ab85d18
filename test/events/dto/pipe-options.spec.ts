import { afterEach, describe, expect, it } from '@jest/globals';
import type { ValidationPipeOptions } from '@nestjs/common';
import { TrackEventDto } from 'nestjs-webengage';
import { canonicalJson } from '../../support/canonical-json.js';
import { wireBreaches } from '../../support/wire-checker.js';
import { eventWith } from '../boundary/boundary-case.js';
import { HttpApp, PLATFORMS } from './http-app.js';
import { TrackingController } from './tracking.controller.js';

const EVENT_DATA = {
  toString: 'x',
  valueOf: 1,
  hasOwnProperty: true,
  length: '7',
  Number: 42,
  Digits: '42',
  Truth: 'true',
  Item: { toString: { valueOf: [1, '2', { length: 3 }] }, price: 39.8 },
  When: '2018-09-15T18:29:00-0800',
};

const OPTIONS: readonly ValidationPipeOptions[] = [
  {},
  { transform: true },
  { whitelist: true },
  { whitelist: true, transform: true },
  { whitelist: true, forbidNonWhitelisted: true },
  { whitelist: true, forbidNonWhitelisted: true, transform: true, forbidUnknownValues: true },
  { transform: true, stopAtFirstError: true },
  { transform: true, transformOptions: { enableImplicitConversion: true } },
  { whitelist: true, transform: true, transformOptions: { enableImplicitConversion: true, exposeDefaultValues: true } },
  { whitelist: true, transform: true, transformOptions: { exposeUnsetFields: false, enableCircularCheck: true } },
];

describe.each(PLATFORMS)('TrackEventDto as a body on %s', (platform) => {
  let app: HttpApp | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  async function start(options: ValidationPipeOptions): Promise<HttpApp> {
    app = await HttpApp.start(platform, TrackingController, options);
    return app;
  }

  it.each(OPTIONS.map((options) => [JSON.stringify(options), options] as const))(
    'arrives intact, and is judged the same, under %s',
    async (_, options) => {
      const { post, wire } = bound(await start(options));
      const event = eventWith({ eventData: EVENT_DATA });
      expect((await post(event)).status).toBe(201);
      expect(wireBreaches(wire.last)).toEqual([]);
      expect(canonicalJson(JSON.parse(wire.last.body.toString()))).toBe(canonicalJson(event));
      expect((await post(eventWith({ eventName: 'we_x' }))).status).toBe(400);
      expect((await post(eventWith({ eventData: { Item: { toString: null } } }))).status).toBe(400);
      expect(wire.requests).toHaveLength(1);
    },
  );

  it('is refused for an unknown field under forbidNonWhitelisted', async () => {
    const { post, wire } = bound(await start({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    const { status, body } = await post(eventWith({ admin: true, eventdata: {} }));
    expect(status).toBe(400);
    expect(body.message).toEqual(['property admin should not exist', 'property eventdata should not exist']);
    expect((await post(eventWith({ anonymousId: 'a', eventData: { admin: true } }))).status).toBe(201);
    expect(wire.requests).toHaveLength(1);
  });

  it('keeps unknown fields without a whitelist, and the service leaves them out', async () => {
    const { post, wire } = bound(await start({ transform: true }));
    expect((await post(eventWith({ admin: true }))).status).toBe(201);
    expect(JSON.parse(wire.last.body.toString())).toEqual(eventWith({}));
  });

  it('has its identifiers and its name converted to Strings by enableImplicitConversion, and nothing else', async () => {
    const transformOptions = { enableImplicitConversion: true };
    const { post, wire, controller } = bound(await start({ whitelist: true, transform: true, transformOptions }));
    expect((await post(eventWith({ userId: 42, eventName: 7, eventData: EVENT_DATA }))).status).toBe(201);
    expect(controller.received.at(-1)).toBeInstanceOf(TrackEventDto);
    const sent = JSON.parse(wire.last.body.toString());
    expect(sent).toMatchObject({ userId: '42', eventName: '7' });
    expect(canonicalJson(sent.eventData)).toBe(canonicalJson(EVENT_DATA));
    expect((await post(eventWith({ eventTime: 1_537_064_940_000 }))).status).toBe(400);
    expect((await post(eventWith({ eventTime: null }))).status).toBe(400);
    expect((await post(eventWith({ eventData: '{}' }))).status).toBe(400);
    expect((await post(eventWith({ userId: null }))).status).toBe(400);
    expect((await post({ eventName: 'Viewed' })).status).toBe(400);
    expect(wire.requests).toHaveLength(1);
  });
});

function bound(app: HttpApp) {
  return {
    post: (event: object) => app.post('/events', event),
    wire: app.wire,
    controller: app.get(TrackingController),
  };
}
