import { Controller, type Type } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { Subject } from 'rxjs';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { type Track, untracked } from '../support/transport-app.js';
import { type RpcApp, startRpcApp } from './rpc-app.js';

/** What the handler answers with. */
let values$: Subject<string>;

function streams(Track: Track): Type {
  @Controller()
  class Streams {
    @MessagePattern('values') @Track('values') values(): unknown {
      return values$;
    }
  }
  return Streams;
}

const tracked: Track = (eventName) =>
  TrackEvent(eventName, {
    userId: 'johndoe',
    eventData: ({ result }: TrackEventContext<string>) => ({ Result: result }),
  });

expectNoUnobservedErrors();

describe.each([
  ['undecorated', untracked, counts({})],
  ['decorated', tracked, counts({ accepted: 1, delivered: 1 })],
])('where a message handler is %s', (_what, track, expected) => {
  let app: RpcApp;

  beforeEach(async () => {
    values$ = new Subject();
    app = await startRpcApp('a microservice', { controllers: [streams(track)] });
  });

  afterEach(() => app.close());

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('it goes on when its caller has left, and completes', async () => {
    const first = app.first('values');
    while (!values$.observed) await turn();
    values$.next('one');
    expect(await first).toBe('one');
    await app.disconnect();
    for (let turns = 0; turns < 10; turns++) await turn();

    expect(values$.observed).toBe(true);
    values$.next('two');
    values$.complete();
    await turn();
    const events = app.app.get(EventsService);
    await events.flush();
    expect(events.stats()).toEqual(expected);
    expect(app.sandbox.events()).toMatchObject(expected.accepted === 0 ? [] : [{ eventData: { Result: 'two' } }]);
  });
});
