import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { counts, platforms } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { type Track, untracked } from '../support/transport-app.js';
import { type GatewayApp, startGatewayApp } from './gateway-app.js';
import { shopGateway } from './shop.gateway.js';

const tracked: Track = (eventName) =>
  TrackEvent(eventName, {
    eventData: ({ result }: TrackEventContext) => ({ Result: String(JSON.stringify(result)) }),
  });
const answer = (data: unknown) => JSON.stringify({ event: 'answer', data });
const exception = (message: string, pattern: string) =>
  JSON.stringify({ event: 'exception', data: { status: 'error', message, cause: { pattern, data: { sku: 1 } } } });

/** The frames that a client receives, and the handler's last value in the event; undefined where there is none. */
const rows: [message: string, frames: string[], result: string | undefined][] = [
  ['value', [answer({ sku: 'cologne', price: 39.8 })], answer({ sku: 'cologne', price: 39.8 })],
  ['bare', ['"no event"'], '"no event"'],
  ['void', [], 'undefined'],
  ['null', [], 'null'],
  ['promise', [answer('cologne')], answer('cologne')],
  ['three-values', [answer('one'), answer('two'), answer('three')], answer('three')],
  ['slow-values', [answer(0), answer(1), answer(2)], answer(2)],
  ['promised-observable', [answer('one'), answer('two')], answer('two')],
  ['empty', [], 'undefined'],
  ['ws-exception', [exception('no such product', 'ws-exception')], undefined],
  ['ws-exception-object', ['{"event":"exception","data":{"code":404,"sku":"cologne"}}'], undefined],
  ['error', [exception('Internal server error', 'error')], undefined],
  ['rejection', [exception('no such product', 'rejection')], undefined],
  ['not-an-error', [exception('Internal server error', 'not-an-error')], undefined],
  ['fails-after-one', [answer('one'), exception('no more', 'fails-after-one')], undefined],
  ['unknown', [], undefined],
];

expectNoUnobservedErrors();

describe.each(platforms)('a decorated handler of a gateway on %s answers as undecorated', (platform) => {
  let plain: GatewayApp;
  let decorated: GatewayApp;
  let disabled: GatewayApp;

  beforeAll(async () => {
    plain = await startGatewayApp(platform, { providers: [shopGateway(untracked)] });
    decorated = await startGatewayApp(platform, { providers: [shopGateway(tracked)] });
    disabled = await startGatewayApp(platform, { providers: [shopGateway(tracked)] }, { enabled: false });
  });

  afterAll(async () => {
    for (const { close } of [plain, decorated, disabled]) await close();
  });

  /** Sends a message and resolves with all frames, once the expected ones and that of a later message are there. */
  async function framesOf(app: GatewayApp, message: string, expected: number): Promise<readonly string[]> {
    const client = await app.connect();
    client.send(message, { sku: 1 });
    await client.received(expected);
    client.send('ping');
    const frames = [...(await client.received(expected + 1))];
    await client.leave();
    return frames;
  }

  it.each(rows)('%s', async (message, frames, result) => {
    const expected = await framesOf(plain, message, frames.length);
    const outcome = await decorated.outcomeOf(() => framesOf(decorated, message, frames.length));
    const silent = await disabled.outcomeOf(() => framesOf(disabled, message, frames.length));
    const made = result === undefined ? 0 : 1;

    expect(expected).toEqual([...frames, '"pong"']);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual(
      result === undefined ? [] : [{ userId: '42', eventName: message, eventData: { Result: result } }],
    );
    expect(outcome.counts).toEqual(counts({ accepted: made, delivered: made }));
    expect(silent.value).toEqual(expected);
    expect(silent.counts).toEqual(counts({ skipped: made }));
  });
});
