import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { outcomeOf, type Track, untracked } from '../support/transport-app.js';
import { answersController } from './answers.controllers.js';
import { type RpcApp, setups, startRpcApp } from './rpc-app.js';

const COLOGNE = { sku: 'cologne', price: 39.8 };
const tracked: Track = (eventName) =>
  TrackEvent(eventName, {
    userId: 'johndoe',
    eventData: ({ result }: TrackEventContext) => ({ Result: String(JSON.stringify(result)) }),
  });
const failed = (message: string) => ({ status: 'error', message });

/** The values that the caller receives, the error that ends them, if any, and the handler's last value in the event. */
const rows: [pattern: string, values: unknown[], error: unknown, result: string | undefined][] = [
  ['value', [COLOGNE], undefined, JSON.stringify(COLOGNE)],
  ['zero', [0], undefined, '0'],
  ['list', [[1, 2, 3]], undefined, '[1,2,3]'],
  ['nothing', [null], undefined, 'null'],
  ['no-answer', [], undefined, 'undefined'],
  ['promise', [COLOGNE], undefined, JSON.stringify(COLOGNE)],
  ['three-values', ['one', 'two', 'three'], undefined, '"three"'],
  ['slow-values', [0, 1, 2], undefined, '2'],
  ['promised-observable', ['one', 'two'], undefined, '"two"'],
  // It has completed, and its caller is told so.
  ['empty', [], undefined, 'undefined'],
  ['rpc-exception', [], failed('no such product'), undefined],
  ['rpc-exception-object', [], { code: 404, sku: 'cologne' }, undefined],
  ['error', [], failed('Internal server error'), undefined],
  ['rejection', [], failed('no such product'), undefined],
  ['not-an-error', [], failed('Internal server error'), undefined],
  ['fails-after-one', ['one'], failed('no more'), undefined],
];

expectNoUnobservedErrors();

describe.each(setups)('in %s, a decorated message handler answers as undecorated', (setup) => {
  let plain: RpcApp;
  let decorated: RpcApp;
  let disabled: RpcApp;

  beforeAll(async () => {
    plain = await startRpcApp(setup, { controllers: [answersController(untracked)] });
    decorated = await startRpcApp(setup, { controllers: [answersController(tracked)] });
    disabled = await startRpcApp(setup, { controllers: [answersController(tracked)] }, { enabled: false });
  });

  afterAll(async () => {
    for (const { close } of [plain, decorated, disabled]) await close();
  });

  it.each(rows)('%s', async (pattern, values, error, result) => {
    const expected = await plain.ask(pattern);
    const outcome = await outcomeOf(decorated, () => decorated.ask(pattern));
    const silent = await outcomeOf(disabled, () => disabled.ask(pattern));
    const made = result === undefined ? 0 : 1;

    expect(expected).toEqual([
      ...values.map((value) => ({ kind: 'N', value })),
      error === undefined ? { kind: 'C' } : { kind: 'E', error },
    ]);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual(
      result === undefined ? [] : [{ userId: 'johndoe', eventName: pattern, eventData: { Result: result } }],
    );
    expect(outcome.counts).toEqual(counts({ accepted: made, delivered: made }));
    expect(silent.value).toEqual(expected);
    expect(silent.counts).toEqual(counts({ skipped: made }));
  });
});
