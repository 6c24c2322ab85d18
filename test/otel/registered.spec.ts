import { metrics, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openTelemetry } from 'nestjs-webengage/otel';
import { useBackgroundTracking } from '../support/answering-server.js';
import { isChildOf, sumOf, Telemetry } from './support/telemetry.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

describe('openTelemetry() without options', () => {
  const background = useBackgroundTracking();

  afterEach(() => {
    trace.disable();
    metrics.disable();
  });

  it('uses what is registered for the process, though it is registered after it was called', async () => {
    const instrumentation = openTelemetry();
    const telemetry = new Telemetry();
    trace.setGlobalTracerProvider(telemetry.tracerProvider);
    metrics.setGlobalMeterProvider(telemetry.meterProvider);
    const events = await background.start({}, { instrumentation });
    await events.track(EVENT);
    await events.flush();
    const [acceptance, attempt] = telemetry.spans;
    expect(isChildOf(attempt, acceptance)).toBe(true);
    const points = await telemetry.collect();
    expect(sumOf(points, 'webengage.events.delivered')).toBe(1);
    expect(points.some(({ name }) => name === 'webengage.attempt.duration')).toBe(true);
    await telemetry.close();
  });

  it('takes what is registered between an early event and the boot', async () => {
    const instrumentation = openTelemetry();
    const attempt = {
      kind: 'single',
      requestId: 'r',
      host: 'https://api.webengage.com',
      attempt: 1,
      events: [],
    } as const;
    instrumentation.attempt?.({ account: undefined, ...attempt })?.end({ queued: true, status: 201, message: '' });
    const telemetry = new Telemetry();
    metrics.setGlobalMeterProvider(telemetry.meterProvider);
    const events = await background.start({}, { instrumentation });
    await events.track(EVENT);
    await events.flush();
    const points = await telemetry.collect();
    expect(sumOf(points, 'webengage.events.delivered')).toBe(1);
    expect(points.some(({ name }) => name === 'webengage.attempt.duration')).toBe(true);
    await telemetry.close();
  });

  it('changes nothing where nothing is registered', async () => {
    const events = await background.start({}, { instrumentation: openTelemetry() });
    background.server.next({ status: 503 });
    await events.track(EVENT);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1 });
    expect(background.server.calls).toHaveLength(2);
    await background.tracking.app.close();
    expect(background.tracking.logger.at('error')).toEqual([]);
  });
});
