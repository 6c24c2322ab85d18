import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type EventData, FlushTimeoutError, TrackEvent, type WebEngageModuleOptions } from 'nestjs-webengage';
import { type Deferred, deferred } from '../../lib/common/deferred.js';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

const MAPPER_TIMEOUT = 30_000;
const TIMERS = ['setTimeout', 'clearTimeout'] as const;
/** What the servers need goes on by itself. */
const OTHER_CLOCKS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

expectNoUnobservedErrors();

describe.each(platforms)('a mapper that takes its time on %s', (platform) => {
  let app: TrackedApp;
  let attributes: Deferred<EventData>[] = [];

  afterEach(async () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const { resolve } of attributes.splice(0)) resolve({});
    await app.close();
  });

  /** An application whose decorated handler waits for the next of `attributes`. */
  async function start(webEngage: Partial<WebEngageModuleOptions> = {}, when = true): Promise<void> {
    attributes = [];
    const eventData = () => {
      attributes.push(deferred<EventData>());
      return attributes[attributes.length - 1]?.promise;
    };
    const answer = () => ({ sku: 'cologne' });
    const plain = routesController('plain', { buy: [] }, answer);
    const track = when ? { eventData } : { when: () => eventData().then(() => true) };
    const decorated = routesController(
      'decorated',
      { buy: [TrackEvent('Bought', { userId: 'johndoe', ...track })] },
      answer,
    );
    app = await startTrackedApp(platform, { controllers: [plain, decorated] }, webEngage);
  }

  it('does not keep the response waiting, but flush(), which gives up with the number of such events', async () => {
    await start();
    const responses = [await app.get('decorated/buy'), await app.get('decorated/buy')];

    expect(responses).toEqual([await app.get('plain/buy'), await app.get('plain/buy')]);
    expect(app.events.stats()).toEqual(counts({ evaluating: 2 }));
    const flushed = app.events.flush({ timeout: 10 });
    await expect(flushed).rejects.toThrow(FlushTimeoutError);
    await expect(flushed).rejects.toMatchObject({ pending: 2 });
  });

  it('makes flush() wait until its event has arrived', async () => {
    await start();
    await app.get('decorated/buy');
    const flushed = app.events.flush();
    attributes[0]?.resolve({ Price: 39.8 });
    await flushed;

    expect(app.sandbox.events()).toMatchObject([{ eventName: 'Bought', eventData: { Price: 39.8 } }]);
    expect(app.events.stats()).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  it('makes app.close() wait until its event has arrived', async () => {
    await start();
    await app.get('decorated/buy');
    const closed = app.app.close();
    attributes[0]?.resolve({ Price: 39.8 });
    await closed;

    expect(app.sandbox.events()).toMatchObject([{ eventName: 'Bought', eventData: { Price: 39.8 } }]);
    expect(app.events.stats()).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  it('is not waited for beyond the shutdown timeout: its event is reported as lost, and then refused', async () => {
    await start({ delivery: { mode: 'background', shutdownTimeout: 1 } });
    await app.get('decorated/buy');
    await app.app.close();
    expect(app.events.stats()).toEqual(counts({ evaluating: 1 }));
    expect(app.logger.at('error')).toEqual([expect.stringContaining('1 events of @TrackEvent() are lost')]);
    attributes[0]?.resolve({ Price: 39.8 });
    await app.events.flush();

    expect(app.sandbox.events()).toEqual([]);
    expect(app.events.stats()).toEqual(counts({ refused: 1 }));
  });

  it('keeps no process alive after the shutdown', async () => {
    const timers = recordTimers();
    await start({ delivery: { mode: 'background', shutdownTimeout: 1 } });
    await app.get('decorated/buy');
    await app.app.close();

    expect([...timers].filter((timer) => timer.hasRef())).toEqual([]);
  });

  it('is given up after 30 seconds: counted as refused, with an error that names the handler', async () => {
    await start();
    jest.useFakeTimers({ doNotFake: [...OTHER_CLOCKS] });
    await app.get('decorated/buy');
    jest.advanceTimersByTime(MAPPER_TIMEOUT - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(app.events.stats()).toEqual(counts({ evaluating: 1 }));
    jest.advanceTimersByTime(1);
    await app.events.flush();

    expect(app.events.stats()).toEqual(counts({ refused: 1 }));
    expect(app.logger.at('error')).toEqual([expect.stringContaining('@TrackEvent() on Routes.buy: ')]);
    attributes[0]?.resolve({ Price: 39.8 });
    await app.events.flush();
    expect(app.sandbox.events()).toEqual([]);
  });

  it('waits with no more others than delivery.maxPending allows', async () => {
    await start({ delivery: { mode: 'background', maxPending: 2 } });
    for (let call = 0; call < 3; call++) await app.get('decorated/buy');

    expect(app.events.stats()).toEqual(counts({ evaluating: 2, refused: 1 }));
    expect(app.logger.at('error')).toHaveLength(1);
  });

  it.each([
    ['eventData', true],
    ['when', false],
  ])('in %s does not move the event: it is dated with the completion of the handler', async (_mapper, when) => {
    await start({}, when);
    jest.useFakeTimers({ doNotFake: [...TIMERS, ...OTHER_CLOCKS] });
    jest.setSystemTime(new Date('2026-03-01T12:00:00Z'));
    await app.get('decorated/buy');
    jest.setSystemTime(new Date('2026-03-01T12:00:20Z'));
    attributes[0]?.resolve({});
    await app.events.flush();

    expect(app.sandbox.events()).toMatchObject([{ eventTime: '2026-03-01T12:00:00+0000' }]);
  });
});

/** Holds every timer from now on that has neither fired nor been cleared. */
function recordTimers(): ReadonlySet<NodeJS.Timeout> {
  const timers = new Set<NodeJS.Timeout>();
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  const recordingStart = (callback: (...given: unknown[]) => void, delay?: number, ...given: unknown[]) => {
    const fire = () => {
      timers.delete(timer);
      callback(...given);
    };
    const timer = start(fire, delay);
    timers.add(timer);
    return timer;
  };
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(recordingStart as typeof setTimeout);
  jest.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
    timers.delete(timer as NodeJS.Timeout);
    stop(timer);
  });
  return timers;
}
