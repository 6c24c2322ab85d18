import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent } from 'nestjs-webengage';
import { MODES } from '../support/deliveries.js';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { rawRequest } from '../support/raw-request.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { answersController } from './answers.controllers.js';

const plain = answersController('plain', () => () => undefined);
const decorated = answersController('decorated', (eventName) =>
  TrackEvent(eventName, { userId: 'johndoe', eventData: ({ result }) => ({ Result: describeResult(result) }) }),
);

/** The handler's result as the event shows it; undefined where a call makes no event. */
const rows: [route: string, status: number, result: string | undefined][] = [
  ['object', 200, '{"sku":"cologne","price":39.8}'],
  ['array', 200, '[1,2,3]'],
  ['string', 200, '"Givenchy"'],
  ['number', 200, '1337'],
  ['undefined', 200, 'undefined'],
  ['null', 200, 'null'],
  ['promise', 200, '{"sku":"cologne"}'],
  ['created', 201, '{"id":1}'],
  ['three-values', 200, '"three"'],
  ['promised-observable', 200, '"two"'],
  ['empty', 500, undefined],
  ['fails-after-one', 400, undefined],
  ['http-exception', 400, undefined],
  ['error', 500, undefined],
  ['rejection', 400, undefined],
  ['not-an-error', 500, undefined],
  ['own-response', 202, 'undefined'],
  ['late-own-response', 202, 'undefined'],
  ['passthrough', 203, '{"sku":"cologne"}'],
  ['file', 200, 'StreamableFile'],
  ['stream', 200, 'Readable'],
  ['generator', 200, 'AsyncGenerator'],
  ['web-response', 206, 'Response'],
  ['redirect', 301, 'undefined'],
  ['dynamic-redirect', 307, '{"url":"/there","statusCode":307}'],
  ['header', 200, '"with a header"'],
  ['status', 418, '{"short":"and stout"}'],
  ['no-content', 204, 'undefined'],
];

expectNoUnobservedErrors();

const settings = platforms.flatMap((platform) => MODES.map((mode) => [platform, mode] as const));

describe.each(settings)('a decorated handler on %s, with %s delivery, answers as undecorated', (platform, mode) => {
  let app: TrackedApp;

  beforeAll(async () => {
    app = await startTrackedApp(platform, { controllers: [plain, decorated] }, { delivery: { mode } });
  });

  afterAll(() => app.close());

  it.each(rows)('%s, answered with %i', async (route, status, result) => {
    const method = route === 'created' ? 'POST' : 'GET';
    const expected = await rawRequest(`${app.url}/plain/${route}`, { method });
    const outcome = await app.outcomeOf(() => rawRequest(`${app.url}/decorated/${route}`, { method }));

    expect(expected.status).toBe(status);
    expect(outcome.value).toEqual(expected);
    if (result === undefined) {
      expect(outcome.events).toEqual([]);
      expect(outcome.counts).toEqual(counts({}));
    } else {
      expect(outcome.events).toEqual([{ userId: 'johndoe', eventName: route, eventData: { Result: result } }]);
      expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
    }
  });

  it('a file that cannot be read, for which the handler is not to blame', async () => {
    const expected = await app.get('plain/file-that-fails');
    const outcome = await app.outcomeOf(() => app.get('decorated/file-that-fails'));

    expect(expected.status).toBe(platform === 'Express' ? 400 : 500);
    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  it('a HEAD request', async () => {
    const expected = await rawRequest(`${app.url}/plain/object`, { method: 'HEAD' });
    const outcome = await app.outcomeOf(() => rawRequest(`${app.url}/decorated/object`, { method: 'HEAD' }));

    expect(expected.status).toBe(200);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toHaveLength(1);
  });
});

/** Names what does not look the same each time by its class. */
function describeResult(result: unknown): string {
  const name = Object.prototype.toString.call(result).slice('[object '.length, -1);
  if (name === 'AsyncGenerator' || name === 'Response') return name;
  const className = (result as object | null | undefined)?.constructor.name ?? '';
  if (className === 'StreamableFile' || className === 'Readable') return className;
  return String(JSON.stringify(result));
}
