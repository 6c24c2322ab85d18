import { EventEmitter, once } from 'node:events';
import {
  BadRequestException,
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  type NestInterceptor,
  Sse,
  SseSignal,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent } from 'nestjs-webengage';
import { concat, EMPTY, finalize, fromEvent, NEVER, Observable, of, takeUntil, throwError } from 'rxjs';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { abandonRequest, openRequest } from '../support/raw-request.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import type { Track } from './answers.controllers.js';

/** Tells when a producer begins and when it is told to stop, by the path of its controller. */
const producers = new EventEmitter();

class NoOperation implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

function streamsController(path: string, Track: Track): Type {
  @Controller(path)
  class Streams {
    @Sse('completes') @Track('completes') completes(): unknown {
      return of({ data: 'one' }, { data: { two: 2 } }, { data: 'three', id: '3', type: 'last' });
    }

    @Sse('promised') @Track('promised') async promised(): Promise<unknown> {
      return of({ data: 'one' });
    }

    @Sse('fails') @Track('fails') fails(): unknown {
      return concat(
        of({ data: 'one' }),
        throwError(() => new BadRequestException('no more')),
      );
    }

    @Sse('empty') @Track('empty') empty(): unknown {
      return EMPTY;
    }

    @Sse('throws') @Track('throws') throws(): unknown {
      throw new BadRequestException('no such stream');
    }

    @Sse('rejects-at-once') @Track('rejects-at-once') async rejectsAtOnce(): Promise<unknown> {
      throw new Error('no such stream');
    }

    @Sse('rejects-later') @Track('rejects-later') async rejectsLater(): Promise<unknown> {
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new BadRequestException('no such stream');
    }

    @Sse('no-observable') @Track('no-observable') noObservable(): unknown {
      return { data: 'one' };
    }

    @Sse('endless') @Track('endless') endless(): unknown {
      return concat(of({ data: 'one' }), NEVER).pipe(finalize(() => producers.emit(`${path} stopped`)));
    }

    @Sse('heeds-its-client') @Track('heeds-its-client') heedsItsClient(@SseSignal() signal: AbortSignal): unknown {
      const left = fromEvent(signal, 'abort');
      return concat(of({ data: 'one' }), NEVER).pipe(
        takeUntil(left),
        finalize(() => producers.emit(`${path} stopped`)),
      );
    }

    @Get('endless-answer') @Track('endless-answer') endlessAnswer(): unknown {
      return new Observable(() => {
        producers.emit(`${path} started`);
        return () => producers.emit(`${path} stopped`);
      });
    }
  }
  return Streams;
}

const plain = streamsController('plain', () => () => undefined);
const withNoOperation = streamsController('no-operation', () => UseInterceptors(NoOperation));
const decorated = streamsController('decorated', (eventName) =>
  TrackEvent(eventName, { userId: 'johndoe', eventData: ({ result }) => ({ Result: JSON.stringify(result) }) }),
);

expectNoUnobservedErrors();

describe.each(platforms)('a decorated stream of server-sent events on %s', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    app = await startTrackedApp(platform, { controllers: [plain, withNoOperation, decorated] });
  });

  afterAll(() => app.close());

  it.each([
    ['completes', '{"data":"three","id":"3","type":"last"}'],
    ['promised', '{"data":"one"}'],
  ])('%s: the same stream, and one event with the last message', async (route, result) => {
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));

    expect(expected.status).toBe(200);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual([{ userId: 'johndoe', eventName: route, eventData: { Result: result } }]);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  it.each([
    ['fails', 200],
    ['empty', 200],
    ['throws', 400],
    ['rejects-at-once', 500],
  ])('%s: the same answer %i, and no event', async (route, status) => {
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));

    expect(expected.status).toBe(status);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual([]);
    expect(outcome.counts).toEqual(counts({}));
  });

  // Once a route has any interceptor, Nest opens the stream before it knows what the handler comes to.
  it.each(['rejects-later', 'no-observable'])(
    '%s: as with any interceptor, which Nest answers differently',
    async (route) => {
      const withoutInterceptor = await app.get(`plain/${route}`);
      const expected = await app.get(`no-operation/${route}`);
      const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));

      expect(expected.status).not.toBe(withoutInterceptor.status);
      expect(outcome.value).toEqual(expected);
    },
  );

  it.each([
    ['plain', 'endless'],
    ['decorated', 'endless'],
    ['plain', 'heeds-its-client'],
    ['decorated', 'heeds-its-client'],
  ])('%s, %s: a client that leaves stops the producer, and makes no event', async (path, route) => {
    const outcome = await app.outcomeOf(async () => {
      const response = await openRequest(`${app.url}/${path}/${route}`);
      await response.received('one');
      const stopped = once(producers, `${path} stopped`);
      response.leave();
      await stopped;
    });

    expect(outcome.counts).toEqual(counts({}));
  });

  it.each(['plain', 'decorated'])('%s: so does one that leaves an observable without an answer', async (path) => {
    const outcome = await app.outcomeOf(async () => {
      const stopped = once(producers, `${path} stopped`);
      await abandonRequest(`${app.url}/${path}/endless-answer`, once(producers, `${path} started`));
      await stopped;
    });

    expect(outcome.counts).toEqual(counts({}));
  });
});
