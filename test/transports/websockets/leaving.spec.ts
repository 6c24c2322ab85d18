import type { Type } from '@nestjs/common';
import { ConnectedSocket, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { Subject } from 'rxjs';
import { type Deferred, deferred } from '../../../lib/common/deferred.js';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { type Track, untracked } from '../support/transport-app.js';
import { type GatewayApp, type GatewayClient, startGatewayApp } from './gateway-app.js';

/** What the handlers answer with, and what is seen of them. */
let values$: Subject<unknown>;
let answer: Deferred<unknown>;
let called: Deferred<unknown>;
let disconnected: Deferred<void>;
let seen: TrackEventContext | undefined;

function slowGateway(Track: Track): Type {
  @WebSocketGateway()
  class Slow {
    handleDisconnect(): void {
      disconnected.resolve();
    }

    @SubscribeMessage('values') @Track('values') values(@ConnectedSocket() client: unknown): unknown {
      called.resolve(client);
      return values$;
    }

    @SubscribeMessage('promise') @Track('promise') promise(@ConnectedSocket() client: unknown): Promise<unknown> {
      called.resolve(client);
      return answer.promise;
    }
  }
  return Slow;
}

const tracked: Track = (eventName) =>
  TrackEvent(eventName, {
    userId: 'johndoe',
    eventData: (context) => {
      seen = context;
      return {};
    },
  });

expectNoUnobservedErrors();

describe.each([
  ['undecorated', untracked],
  ['decorated', tracked],
])('where a handler of a gateway is %s', (what, track) => {
  let app: GatewayApp;
  let client: GatewayClient;

  beforeEach(async () => {
    values$ = new Subject();
    answer = deferred();
    called = deferred();
    disconnected = deferred();
    app = await startGatewayApp('Express', { providers: [slowGateway(track)] });
    client = await app.connect();
  });

  afterEach(() => app.close());

  async function leave(): Promise<void> {
    await client.leave();
    await disconnected.promise;
  }

  async function stats() {
    const events = app.app.get(EventsService);
    // What has just been answered is handed on within this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    await events.flush();
    return events.stats();
  }

  it('its observable is left together with the client, and makes no event', async () => {
    client.send('values');
    await called.promise;
    while (!values$.observed) await new Promise((resolve) => setImmediate(resolve));
    values$.next('one');
    expect(await client.received(1)).toEqual(['"one"']);
    await leave();

    expect(values$.observed).toBe(false);
    values$.complete();
    expect(await stats()).toEqual(counts({}));
  });

  it.each([
    ['resolves', () => answer.resolve('too late')],
    ['rejects', () => answer.reject(new Error('too late'))],
  ])('its promise that %s when the client has left makes no event', async (_what, settle) => {
    client.send('promise');
    await called.promise;
    await leave();
    settle();

    expect(await stats()).toEqual(counts({}));
  });

  it('the others are served as before', async () => {
    const other = await app.connect();
    client.send('values');
    await called.promise;
    await leave();
    called = deferred();
    other.send('promise');
    const socket = await called.promise;
    answer.resolve('in time');

    expect(await other.received(1)).toEqual(['"in time"']);
    if (what === 'undecorated') return;
    expect(await stats()).toEqual(counts({ accepted: 1, delivered: 1 }));
    expect(seen?.request).toBe(socket);
    expect(seen?.executionContext.getType()).toBe('ws');
  });
});
