import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventsService, EventValidationError, TrackEventDto } from 'nestjs-webengage';
import { canonicalJson } from '../../support/canonical-json.js';
import { wireBreaches } from '../../support/wire-checker.js';
import { eventWith } from '../boundary/boundary-case.js';
import { HttpApp, PLATFORMS } from './http-app.js';
import { TrackingController } from './tracking.controller.js';

const INHERITED_NAMES = ['toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'length', 'then', 'toJSON', 'name'];

function withNames(names: readonly string[], value: unknown = 'intact'): string {
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function bodyWith(eventDataText: string): string {
  return `${JSON.stringify(eventWith({})).slice(0, -1)},"eventData":${eventDataText}}`;
}

describe.each(PLATFORMS)(
  'TrackEventDto as a body on %s, under ValidationPipe with whitelist and transform',
  (platform) => {
    let app: HttpApp;

    beforeAll(async () => {
      app = await HttpApp.start(platform, TrackingController, { whitelist: true, transform: true });
    });

    afterAll(() => app.close());

    async function expectIntact(body: string): Promise<void> {
      const { status } = await app.post('/events', body);
      expect(status).toBe(201);
      expect(app.get(TrackingController).received.at(-1)).toBeInstanceOf(TrackEventDto);
      expect(wireBreaches(app.wire.last)).toEqual([]);
      expect(canonicalJson(JSON.parse(app.wire.last.body.toString()))).toBe(canonicalJson(JSON.parse(body)));
    }

    it.each(INHERITED_NAMES)('lets the attribute %s through, nested too', async (name) => {
      await expectIntact(bodyWith(withNames([name])));
      await expectIntact(bodyWith(`{"Item":${withNames([name], { [name]: [{ [name]: 1 }] })}}`));
      await expectIntact(bodyWith(`{"Items":[[${withNames([name], [])}]]}`));
    });

    it.each<[string, string]>([
      ['no attributes at all', JSON.stringify(eventWith({}))],
      ['empty attributes', bodyWith('{}')],
      ['all these names at once', bodyWith(withNames(INHERITED_NAMES, { deep: [1, 'x', true, { '': 0 }] }))],
      ['every type', bodyWith('{"s":"x","n":1.5,"b":false,"d":"2018-09-15T18:29:00-0800","a":[[]],"o":{"p":{}}}')],
      ['numeric names', bodyWith('{"10":1,"9":{"2":3,"1":[4]}}')],
      ['an anonymous user', JSON.stringify({ ...eventWith({ userId: undefined }), anonymousId: 'anonymous' })],
    ])('lets %s through', async (_, body) => {
      await expectIntact(body);
    });

    it.each(['constructor', 'prototype'])('never sees the attribute %s: ValidationPipe deletes it', async (name) => {
      const { status } = await app.post('/events', bodyWith(`{"Kept":{"${name}":1,"inner":2},"${name}":"gone"}`));
      expect(status).toBe(201);
      expect(JSON.parse(app.wire.last.body.toString()).eventData).toEqual({ Kept: { inner: 2 } });
    });

    it('never sees the attribute __proto__: ValidationPipe deletes it, or Fastify refuses the body', async () => {
      const before = app.wire.requests.length;
      const { status } = await app.post('/events', bodyWith('{"Kept":1,"__proto__":{"polluted":true}}'));
      expect(status).toBe(platform === 'Fastify' ? 400 : 201);
      const sent = app.wire.requests.slice(before).map(({ body }) => JSON.parse(body.toString()).eventData);
      expect(sent).toEqual(platform === 'Fastify' ? [] : [{ Kept: 1 }]);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it.each<[string, object]>([
      ['an empty body', {}],
      ['neither identifier', eventWith({ userId: undefined })],
      ['a number as userId', eventWith({ userId: 42 })],
      ['null as userId', eventWith({ userId: null })],
      ['a long anonymousId', eventWith({ anonymousId: 'a'.repeat(101) })],
      ['no event name', { userId: 'johndoe' }],
      ['a system event', eventWith({ eventName: 'app_installed' })],
      ['a reserved event name', eventWith({ eventName: 'we_x' })],
      ['a date that does not exist', eventWith({ eventTime: '2018-02-30T00:00:00Z' })],
      ['null as eventTime', eventWith({ eventTime: null })],
      ['null as eventData', eventWith({ eventData: null })],
      ['an array as eventData', eventWith({ eventData: [] })],
      ['a String as eventData', eventWith({ eventData: '{}' })],
      ['a null attribute', eventWith({ eventData: { Price: null } })],
      ['null deep in an attribute', eventWith({ eventData: { Items: [{ price: null }] } })],
      ['a wrong attribute name', eventWith({ eventData: { we_x: 1, ['x'.repeat(50)]: 2 } })],
      ['a String that is too long', eventWith({ eventData: { Text: 'x'.repeat(1000) } })],
      ['everything wrong', { userId: '', anonymousId: 1, eventName: '', eventTime: 'now', eventData: { '': null } }],
    ])("answers %s with 400 and the library's messages", async (_, event) => {
      const before = { arrived: app.wire.requests.length, received: app.get(TrackingController).received.length };
      const { status, body } = await app.post('/events', event);
      expect(status).toBe(400);
      expect(app.wire.requests).toHaveLength(before.arrived);
      expect(app.get(TrackingController).received).toHaveLength(before.received);
      const refusal: unknown = await app
        .get(EventsService)
        .track(event as never)
        .catch((error: unknown) => error);
      const messages = (refusal as EventValidationError).violations.map(({ message }) => message);
      expect((body.message as string[]).flatMap((message) => message.split('; ')).sort()).toEqual(messages.sort());
    });

    it.each<[string, string]>([
      ['an array', JSON.stringify([eventWith({})])],
      ['null', 'null'],
      ['a String', '"event"'],
      ['a number', '1'],
      ['nothing', ''],
      ['broken JSON', '{"userId":'],
    ])('never accepts %s', async (_, text) => {
      const before = app.wire.requests.length;
      const { status } = await app.post('/events', text);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(app.wire.requests).toHaveLength(before);
    });

    it('answers with 400 to attributes that are nested deeper than a call stack bears', async () => {
      const { status, body } = await app.post(
        '/events',
        bodyWith(`{"Deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      );
      expect(status).toBe(400);
      expect(body.message).toEqual([expect.stringContaining('must not be nested deeper than 10 levels')]);
    });

    it('strips fields that WebEngage does not know', async () => {
      const { status } = await app.post('/events', eventWith({ userid: 1, attributes: {}, toString: 2, admin: true }));
      expect(status).toBe(201);
      const received = app.get(TrackingController).received.at(-1) as object;
      expect(Object.keys(received).sort()).toEqual(['eventName', 'eventTime', 'userId']);
      expect(JSON.parse(app.wire.last.body.toString())).toEqual(eventWith({}));
    });
  },
);
