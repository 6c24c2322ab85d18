import { Controller, type Type } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { EMPTY, type Observable, of, throwError } from 'rxjs';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { outcomeOf, type Track, untracked } from '../support/transport-app.js';
import { type RpcApp, setups, startRpcApp } from './rpc-app.js';

const tracked: Track = (eventName) =>
  TrackEvent(eventName, {
    userId: 'johndoe',
    eventData: ({ result }: TrackEventContext) => ({ Result: String(result) }),
  });

/** What the handlers were called with. */
const calls: unknown[][] = [];

function listeners(Track: Track): Type[] {
  @Controller()
  class Listeners {
    @EventPattern('no-value') @Track('no-value') noValue(@Payload() data: unknown): void {
      calls.push(['no-value', data]);
    }

    @EventPattern('value') @Track('value') value(@Payload() data: unknown): string {
      calls.push(['value', data]);
      return 'stored';
    }

    @EventPattern('promise') @Track('promise') async promise(@Payload() data: unknown): Promise<void> {
      await new Promise((resolve) => setImmediate(resolve));
      calls.push(['promise', data]);
    }

    @EventPattern('observable') @Track('observable') observable(@Payload() data: unknown): Observable<string> {
      calls.push(['observable', data]);
      return of('one', 'two');
    }

    @EventPattern('empty') @Track('empty') empty(@Payload() data: unknown): Observable<never> {
      calls.push(['empty', data]);
      return EMPTY;
    }

    @EventPattern('error') @Track('error') error(@Payload() data: unknown): void {
      calls.push(['error', data]);
      throw new Error('the disk is full');
    }

    @EventPattern('rejection') @Track('rejection') async rejection(@Payload() data: unknown): Promise<never> {
      calls.push(['rejection', data]);
      return Promise.reject(new RpcException('not now'));
    }

    @EventPattern('failing-observable') @Track('failing-observable') failing(
      @Payload() data: unknown,
    ): Observable<never> {
      calls.push(['failing-observable', data]);
      return throwError(() => new Error('the disk is full'));
    }

    @EventPattern('shared') @Track('shared') shared(@Payload() data: unknown): void {
      calls.push(['one', data]);
    }

    @MessagePattern('ping') ping(): string {
      return 'pong';
    }
  }

  @Controller()
  class Others {
    @EventPattern('shared') @Track('shared') shared(@Payload() data: unknown): void {
      calls.push(['other', data]);
    }
  }

  return [Listeners, Others];
}

/** The result that the event shows; undefined where there is none. */
const rows: [pattern: string, result: string | undefined][] = [
  // Nobody waits for an answer, so that a handler has succeeded when it has run to its end.
  ['no-value', 'undefined'],
  ['value', 'stored'],
  ['promise', 'undefined'],
  ['observable', 'two'],
  ['empty', 'undefined'],
  ['error', undefined],
  ['rejection', undefined],
  ['failing-observable', undefined],
];

expectNoUnobservedErrors();

describe.each(setups)('in %s, a decorated event handler', (setup) => {
  let plain: RpcApp;
  let decorated: RpcApp;

  beforeAll(async () => {
    plain = await startRpcApp(setup, { controllers: listeners(untracked) });
    decorated = await startRpcApp(setup, { controllers: listeners(tracked) });
  });

  afterAll(async () => {
    await plain.close();
    await decorated.close();
  });

  /** Emits an event and resolves, once so many handlers have been called, with what they were called with. */
  async function handled(app: RpcApp, pattern: string, handlers = 1): Promise<unknown[][]> {
    calls.splice(0);
    await app.emit(pattern, { sku: 'cologne' });
    while (calls.length < handlers) await new Promise((resolve) => setTimeout(resolve, 1));
    // One that follows on the same connection is answered only after that.
    await app.ask('ping');
    return calls.splice(0);
  }

  it.each(rows)('%s: is called as undecorated, and makes one event if it succeeds', async (pattern, result) => {
    const expected = await handled(plain, pattern);
    const outcome = await outcomeOf(decorated, () => handled(decorated, pattern));
    const made = result === undefined ? 0 : 1;

    expect(expected).toEqual([[pattern, { sku: 'cologne' }]]);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual(
      result === undefined ? [] : [{ userId: 'johndoe', eventName: pattern, eventData: { Result: result } }],
    );
    expect(outcome.counts).toEqual(counts({ accepted: made, delivered: made }));
  });

  it('makes one event each where several share a pattern', async () => {
    const expected = await handled(plain, 'shared', 2);
    const outcome = await outcomeOf(decorated, () => handled(decorated, 'shared', 2));

    expect(new Map(expected as [string, unknown][]).size).toBe(2);
    expect(outcome.value.sort()).toEqual(expected.sort());
    expect(outcome.counts).toEqual(counts({ accepted: 2, delivered: 2 }));
  });
});
