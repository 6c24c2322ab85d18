import type { LoggerService } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, WebEngageModule } from 'nestjs-webengage';
import { credentials, type HttpApp, platforms, startHttpApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

const fails = (): never => {
  throw new Error('this function is broken');
};
const routes = {
  failingMapper: [TrackEvent('Bought', { userId: 'johndoe', eventData: fails })],
  rejectingMapper: [TrackEvent('Bought', { userId: 'johndoe', eventData: async () => fails() })],
  nobody: [TrackEvent('Bought')],
  nobodyLater: [TrackEvent('Bought', { userId: async () => null })],
  wrongName: [TrackEvent('app_installed', { userId: 'johndoe' })],
  noSuchAccount: [TrackEvent('Bought', { userId: 'johndoe', account: 'mars' })],
};
const names = Object.keys(routes) as (keyof typeof routes)[];
const answer = () => ({ sku: 'cologne' });
const plain = routesController('plain', Object.fromEntries(names.map((name) => [name, []])), answer);
const decorated = routesController('decorated', routes, answer);

expectNoUnobservedErrors();

describe.each(platforms)('a logger that throws on %s', (platform) => {
  const logger: LoggerService = { log: () => undefined, warn: fails, error: fails };
  let app: HttpApp;

  beforeAll(async () => {
    const imports = [WebEngageModule.forRoot(credentials)];
    app = await startHttpApp(platform, { imports, controllers: [plain, decorated] }, { logger });
  });

  afterAll(() => app.close());

  it.each(names)('%s: does not change the response, and keeps nothing waiting', async (route) => {
    const expected = await app.get(`plain/${route}`);
    const response = await app.get(`decorated/${route}`);

    expect(expected.status).toBe(200);
    expect(response).toEqual(expected);
    await app.app.get(EventsService).flush();
    expect(app.app.get(EventsService).stats()).toMatchObject({ accepted: 0, pending: 0, evaluating: 0 });
  });
});
