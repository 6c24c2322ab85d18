import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BackgroundDelivery,
  EventsService,
  type FailedEvent,
  getEventsToken,
  WebEngageModule,
  type WebEngageModuleOptions,
} from 'nestjs-webengage';
import { BAD_REQUEST, QUEUED, type ReceivedCall, useBackgroundTracking } from '../support/answering-server.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { API_KEY, LICENSE_CODE } from '../support/tracking-context.js';
import { type Point, sumOf, Telemetry } from './support/telemetry.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

/** The metric that shows each count. */
const METRICS = {
  accepted: 'webengage.events.accepted',
  delivered: 'webengage.events.delivered',
  failed: 'webengage.events.failed',
  refused: 'webengage.events.refused',
  skipped: 'webengage.events.skipped',
  stored: 'webengage.events.stored',
  fetched: 'webengage.events.fetched',
  pending: 'webengage.events.pending',
  evaluating: 'webengage.events.evaluating',
  typeConflicts: 'webengage.attributes.type_conflicts',
} as const;

const statsIn = (points: readonly Point[], attributes = {}) =>
  Object.fromEntries(Object.entries(METRICS).map(([count, metric]) => [count, sumOf(points, metric, attributes)]));

interface Duration {
  readonly count: number;
  readonly sum: number;
}
const durationsIn = (points: readonly Point[]) => points.filter(({ name }) => name === 'webengage.attempt.duration');

describe('the metrics', () => {
  const background = useBackgroundTracking();
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = new Telemetry();
  });

  afterEach(() => telemetry.close());

  it.each<[string, WebEngageModuleOptions['delivery'], number]>([
    ['direct', { mode: 'direct' }, 429],
    // In the background a 429 makes every call wait.
    ['background', { mode: 'background' }, 500],
    ['bulk', { mode: 'background', bulk: 'always' }, 500],
  ])('equal stats() under the faults of %s delivery, whenever they are collected', async (_what, delivery, status) => {
    const answered = new Set<string>();
    background.server.reply = ({ events, requestId }: ReceivedCall) => {
      const isFirst = !answered.has(requestId);
      answered.add(requestId);
      const names = events.map(({ eventName }) => eventName);
      if (names.includes('Bad')) return BAD_REQUEST;
      if (names.includes('Cut') && isFirst) return 'reset';
      return names.includes('Broken') && isFirst ? { status } : QUEUED;
    };
    const events = await background.start(delivery as Partial<BackgroundDelivery>, {
      instrumentation: telemetry.instrumentation(),
      onRefused: 'report',
      beforeSend: (event) => (event.eventName === 'Secret' ? null : event),
    });
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    for (let round = 0; round < 5; round++) {
      for (const eventName of ['Added to Cart', 'Broken', 'Bad', 'Cut', 'Secret', 'we_refused'])
        void events.track({ userId: 'johndoe', eventName, eventData: { Price: round % 2 === 1 ? 'much' : 1 } });
      const points = await telemetry.collect();
      expect(sumOf(points, METRICS.accepted)).toBe(
        sumOf(points, METRICS.delivered) + sumOf(points, METRICS.failed) + sumOf(points, METRICS.pending),
      );
    }
    await events.flush();

    const points = await telemetry.collect();
    expect(statsIn(points)).toEqual(events.stats());
    expect(events.stats()).toMatchObject({ accepted: 20, refused: 5, skipped: 5, failed: failed.length });
    expect(failed.length).toBeGreaterThanOrEqual(5);
    expect(events.stats().typeConflicts).toBeGreaterThan(0);
    for (const reason of failed.map((event) => event.reason)) {
      const ofReason = failed.filter((event) => event.reason === reason);
      expect(sumOf(points, METRICS.failed, { 'webengage.failure.reason': reason })).toBe(ofReason.length);
    }
    const attempts = durationsIn(points).reduce((sum, { value }) => sum + (value as Duration).count, 0);
    expect(attempts).toBe(background.server.calls.length);
    expect(sumOf(points, 'webengage.events.oldest_pending_age')).toBe(0);
  });

  it('tell failures by their reasons, all of which are shown from the start', async () => {
    background.server.reply = () => 'hang';
    const events = await background.start(
      { maxPending: 2, concurrency: 1, overflow: 'drop-oldest' },
      { instrumentation: telemetry.instrumentation() },
    );
    const reasons = (points: Point[]) =>
      Object.fromEntries(
        points
          .filter(({ name }) => name === METRICS.failed)
          .map(({ attributes, value }) => [attributes['webengage.failure.reason'], value]),
      );
    const none = reasons(await telemetry.collect());
    expect(Object.keys(none)).toHaveLength(7);
    expect(new Set(Object.values(none))).toEqual(new Set([0]));
    await events.track(EVENT);
    await background.server.received(1);
    for (let count = 0; count < 4; count++) await events.track(EVENT);
    expect(reasons(await telemetry.collect())).toEqual({ ...none, 'dropped from full buffer': 3 });
    await background.tracking.app.close();
    expect(reasons(await telemetry.collect())).toEqual({ ...none, 'dropped from full buffer': 3, 'shut down': 2 });
    expect(events.stats().failed).toBe(5);
  });

  it('show what waits, how much of the quota is used, and why nothing is sent', async () => {
    background.server.reply = () => ({ status: 401 });
    const events = await background.start({}, { instrumentation: telemetry.instrumentation() });
    const paused = (points: Point[], reason: string) =>
      sumOf(points, 'webengage.delivery.paused', { 'webengage.pause.reason': reason });
    expect(paused(await telemetry.collect(), 'access refused')).toBe(0);
    await events.track(EVENT);
    while (events.health().pausedReason === undefined) await new Promise((resolve) => setTimeout(resolve, 5));

    const points = await telemetry.collect();
    const { oldestPendingAge = 0, quotaUse } = events.health();
    const age = sumOf(points, 'webengage.events.oldest_pending_age');
    expect(age).toBeGreaterThan(0);
    expect(age * 1000).toBeLessThanOrEqual(oldestPendingAge);
    expect(sumOf(points, METRICS.pending)).toBe(1);
    expect(paused(points, 'access refused')).toBe(1);
    expect(paused(points, 'host down')).toBe(0);
    const use = sumOf(points, 'webengage.quota.use', { 'webengage.call.kind': 'single' });
    expect(use).toBeGreaterThan(0);
    expect(use).toBeLessThanOrEqual(quotaUse.single);
    expect(sumOf(points, 'webengage.quota.use', { 'webengage.call.kind': 'bulk' })).toBe(0);
  });

  it('tell how long attempts took, by what came of them', async () => {
    background.server.next({ status: 503 }, 'reset', { status: 200, body: '{}' });
    const events = await background.start({}, { instrumentation: telemetry.instrumentation() });
    const begunAt = performance.now();
    await events.track(EVENT);
    await events.flush();
    const seconds = (performance.now() - begunAt) / 1000;
    const durations = durationsIn(await telemetry.collect());
    const single = { 'webengage.call.kind': 'single' };
    expect(durations.map(({ attributes }) => attributes)).toEqual([
      { ...single, 'http.response.status_code': 503, 'error.type': '503' },
      { ...single, 'error.type': 'no_answer' },
      { ...single, 'http.response.status_code': 200, 'error.type': 'not_queued' },
      { ...single, 'http.response.status_code': 201 },
    ]);
    const sums = durations.map(({ value }) => (value as Duration).sum);
    expect(Math.min(...sums)).toBeGreaterThan(0);
    expect(sums.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(seconds);
  });

  it('of two accounts in one process stand apart', async () => {
    const instrumentation = telemetry.instrumentation();
    const options = { licenseCode: LICENSE_CODE, apiKey: API_KEY, host: background.server.url, instrumentation };
    const app = await NestFactory.createApplicationContext(
      {
        module: class AppModule {},
        imports: [WebEngageModule.forRoot(options), WebEngageModule.forRoot({ ...options, account: 'india' })],
      },
      { logger: new RecordingLogger() },
    );
    const [main, india] = [app.get(EventsService), app.get<EventsService>(getEventsToken('india'), { strict: false })];
    await main.trackMany([EVENT, EVENT]);
    await india.track(EVENT);
    await Promise.all([main.flush(), india.flush()]);
    const points = await telemetry.collect();
    expect(statsIn(points, { 'webengage.account': 'india' })).toEqual(india.stats());
    expect(statsIn(points, { 'webengage.account': undefined })).toEqual(main.stats());
    expect(sumOf(points, METRICS.delivered)).toBe(3);
    expect(points.filter(({ name }) => name === METRICS.accepted)).toHaveLength(2);
    const accounts = telemetry.spans.map(({ attributes }) => attributes['webengage.account']);
    expect(accounts.filter((account) => account === 'india')).toHaveLength(2);
    expect(accounts.filter((account) => account === undefined)).toHaveLength(4);
    await app.close();
  });

  it('hold the last events of a module that has stopped', async () => {
    const events = await background.start({}, { instrumentation: telemetry.instrumentation() });
    await telemetry.collect();
    await events.track(EVENT);
    await background.tracking.app.close();
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1 });
    expect(statsIn(await telemetry.collect())).toEqual(events.stats());
  });

  it('are read from a module while it runs, and not once it has stopped', async () => {
    let readings = 0;
    const stats = () => {
      readings++;
      return background.tracking.events.stats();
    };
    await background.start();
    const stop = telemetry.instrumentation().start?.({
      account: undefined,
      stats,
      health: () => background.tracking.events.health(),
    });
    expect(readings).toBe(0);
    await telemetry.collect();
    await telemetry.collect();
    expect(readings).toBe(2);
    stop?.();
    expect(readings).toBe(3);
    await telemetry.collect();
    await telemetry.collect();
    expect(readings).toBe(3);
  });

  it('of the next application begin anew', async () => {
    const instrumentation = telemetry.instrumentation();
    const first = await background.start({}, { instrumentation });
    await first.trackMany([EVENT, EVENT]);
    await background.tracking.app.close();
    const second = await background.start({}, { instrumentation });
    await second.track(EVENT);
    await second.flush();
    expect(statsIn(await telemetry.collect())).toEqual(second.stats());
    expect(statsIn(await telemetry.collect())).toEqual(second.stats());
  });
});
