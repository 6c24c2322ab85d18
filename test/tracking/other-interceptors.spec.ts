import { Controller, Get, RequestTimeoutException, type Type, UseInterceptors } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent } from 'nestjs-webengage';
import {
  catchError,
  defer,
  firstValueFrom,
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  retry,
  take,
  tap,
  throwError,
  timeout,
} from 'rxjs';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import type { Track } from './answers.controllers.js';

/** Applies an interceptor that does one thing to what comes after it. */
function Intercept(change: (source: Observable<any>) => Observable<unknown>): MethodDecorator & ClassDecorator {
  return UseInterceptors({ intercept: (_context, next) => change(next.handle()) });
}

const Envelop = () => Intercept((source) => source.pipe(map((data: unknown) => ({ data }))));
const GiveUpAfter = (milliseconds: number) =>
  Intercept((source) =>
    source.pipe(timeout({ first: milliseconds, with: () => throwError(() => new RequestTimeoutException()) })),
  );

/**
 * Handlers with further interceptors. Of several decorators the lowest one's interceptor is the outermost, because
 * decorators are applied from the bottom up.
 */
function interceptedController(path: string, Track: Track): Type {
  let calls = 0;

  @Controller(path)
  class Intercepted {
    @Get('two') @Track('first') @Track('second') two(): unknown {
      return 'one answer';
    }

    @Get('three') @Track('first') @Track('second') @Track('third') async three(): Promise<unknown> {
      return 'one answer';
    }

    @Get('three-that-fail') @Track('first') @Track('second') @Track('third') threeThatFail(): unknown {
      throw new Error('out of stock');
    }

    @Get('inside') @Track('inside') @Envelop() inside(): unknown {
      return 'answer';
    }

    @Get('outside') @Envelop() @Track('outside') outside(): unknown {
      return 'answer';
    }

    @Get('on-both-sides') @Track('inner') @Envelop() @Track('outer') onBothSides(): unknown {
      return 'answer';
    }

    @Get('in-time') @Track('in-time') @GiveUpAfter(60_000) async inTime(): Promise<unknown> {
      return 'answer';
    }

    @Get('too-late') @Track('too-late') @GiveUpAfter(10) tooLate(): unknown {
      return NEVER;
    }

    @Get('too-late-inside') @GiveUpAfter(10) @Track('too-late-inside') tooLateInside(): unknown {
      return NEVER;
    }

    @Get('recovered-outside')
    @Track('recovered')
    @Intercept(catchError(() => of('sorry')))
    recoveredOutside(): unknown {
      throw new Error('out of stock');
    }

    @Get('recovered-inside') @Intercept(catchError(() => of('sorry'))) @Track('recovered') recoveredInside(): unknown {
      throw new Error('out of stock');
    }

    @Get('at-the-third-go') @Track('at-the-third-go') @Intercept(retry(2)) atTheThirdGo(): unknown {
      calls++;
      if (calls % 3 !== 0) throw new Error('out of stock');
      return 'answer';
    }

    @Get('not-called') @Track('not-called') @Intercept(() => of('cached')) notCalled(): unknown {
      return 'answer';
    }

    @Get('fails-afterwards') @Track('fails-afterwards') @Intercept(mergeMap(failLater)) failsAfterwards(): unknown {
      return 'answer';
    }

    @Get('taken-once') @Track('taken-once') @Intercept(take(1)) async takenOnce(): Promise<unknown> {
      return 'answer';
    }

    @Get('first-value')
    @Track('first-value')
    @Intercept((source) => defer(() => firstValueFrom(source)))
    async firstValue(): Promise<unknown> {
      return 'answer';
    }

    @Get('changed-at-once') @Track('changed-at-once') @Intercept(tap(spoil)) changedAtOnce(): unknown {
      return { price: 39.8 };
    }
  }
  return Intercepted;
}

const rows: [route: string, status: number, ...events: [eventName: string, result: unknown][]][] = [
  ['two', 200, ['first', 'one answer'], ['second', 'one answer']],
  ['three', 200, ['first', 'one answer'], ['second', 'one answer'], ['third', 'one answer']],
  ['three-that-fail', 500],
  ['inside', 200, ['inside', 'answer']],
  ['outside', 200, ['outside', { data: 'answer' }]],
  ['on-both-sides', 200, ['inner', 'answer'], ['outer', { data: 'answer' }]],
  ['in-time', 200, ['in-time', 'answer']],
  ['too-late', 408],
  ['too-late-inside', 408],
  ['recovered-outside', 200],
  ['recovered-inside', 200, ['recovered', 'sorry']],
  ['at-the-third-go', 200, ['at-the-third-go', 'answer']],
  ['not-called', 200],
  ['fails-afterwards', 500, ['fails-afterwards', 'answer']],
  // An outer interceptor that is content with the first value leaves before the handler's completion is seen.
  ['taken-once', 200, ['taken-once', 'answer']],
  ['first-value', 200, ['first-value', 'answer']],
  // What is changed before the completion, mappers see changed.
  ['changed-at-once', 200, ['changed-at-once', { price: 0 }]],
];

const plain = interceptedController('plain', () => () => undefined);
const decorated = interceptedController('decorated', (eventName) =>
  TrackEvent(eventName, { userId: 'johndoe', eventData: ({ result }) => ({ Result: result }) }),
);

expectNoUnobservedErrors();

describe.each(platforms)('a decorated handler with other interceptors on %s', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    app = await startTrackedApp(platform, { controllers: [plain, decorated] });
  });

  afterAll(() => app.close());

  it.each(rows)('%s, answered with %i', async (route, status, ...expectedEvents) => {
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));
    const events = outcome.events.sort((one, other) => (String(one.eventName) < String(other.eventName) ? -1 : 1));

    expect(expected.status).toBe(status);
    expect(outcome.value).toEqual(expected);
    expect(events).toEqual(
      expectedEvents.map(([eventName, Result]) => ({ userId: 'johndoe', eventName, eventData: { Result } })),
    );
    expect(outcome.counts).toEqual(counts({ accepted: events.length, delivered: events.length }));
  });
});

async function failLater(): Promise<never> {
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('cannot be serialised');
}

function spoil(result: { price: number }): void {
  result.price = 0;
}
