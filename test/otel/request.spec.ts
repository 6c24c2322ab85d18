import { Controller, Get } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent } from 'nestjs-webengage';
import { type Platform, platforms, startTrackedApp } from '../support/http-apps.js';
import { LICENSE_CODE } from '../support/tracking-context.js';
import { carryContexts, isChildOf, Telemetry } from './support/telemetry.js';

carryContexts();

@Controller()
class CartController {
  constructor(private readonly events: EventsService) {}

  @Get('decorated')
  @TrackEvent('Added to Cart', {
    userId: 'johndoe',
    // A promise: the event is made when the answer has gone out, and still for this request.
    eventData: async () => ({ Price: 39.8 }),
  })
  async decorated(): Promise<string> {
    return 'added';
  }

  @Get('tracked')
  async tracked(): Promise<string> {
    await this.events.track({ userId: 'johndoe', eventName: 'Added to Cart' });
    return 'added';
  }
}

/** What an SDK's instrumentation of HTTP does: a span for each request, in whose context all of it is handled. */
function traceRequests(telemetry: Telemetry) {
  return (app: INestApplication) =>
    app.use((_request: unknown, response: { on(event: string, listener: () => void): void }, next: () => void) => {
      const span = telemetry.tracerProvider.getTracer('test').startSpan('request', { kind: SpanKind.SERVER });
      response.on('close', () => span.end());
      context.with(trace.setSpan(context.active(), span), next);
    });
}

describe.each(
  platforms.flatMap((platform) => ['decorated', 'tracked'].map((path): [Platform, string] => [platform, path])),
)('on %s, the trace of a request whose handler is %s', (platform, path) => {
  it.each(['background', 'direct'] as const)('leads to every attempt of %s delivery', async (mode) => {
    const telemetry = new Telemetry();
    const app = await startTrackedApp(
      platform,
      { controllers: [CartController] },
      {
        delivery: { mode },
        retry: { minDelay: 1, maxDelay: 5 },
        instrumentation: telemetry.instrumentation(),
      },
      { prepare: traceRequests(telemetry) },
    );
    app.sandbox.faults.add({ status: 503, calls: 2 });
    await app.outcomeOf(() => app.get(path));
    const url = new URL(app.sandbox.url);
    const [requestId] = app.sandbox.events().map((event) => event.requestId);
    await app.close();

    const [request] = telemetry.named('request');
    const [acceptance, ...others] = telemetry.named('create events');
    expect(others).toEqual([]);
    expect(acceptance.kind).toBe(SpanKind.PRODUCER);
    expect(isChildOf(acceptance, request)).toBe(true);
    expect(acceptance.status.code).toBe(SpanStatusCode.UNSET);
    expect(acceptance.attributes).toEqual({
      'messaging.system': 'webengage',
      'messaging.operation.name': 'create',
      'messaging.operation.type': 'create',
      'messaging.destination.name': 'events',
      'messaging.message.id': requestId,
      'webengage.event.name': 'Added to Cart',
    });

    const attempts = telemetry.named('send events');
    expect(attempts.map((span) => isChildOf(span, acceptance))).toEqual([true, true, true]);
    expect(attempts.map(({ kind }) => kind)).toEqual([SpanKind.CLIENT, SpanKind.CLIENT, SpanKind.CLIENT]);
    expect(attempts.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.ERROR,
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
    const sent = {
      'messaging.system': 'webengage',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'events',
      'messaging.message.id': requestId,
      'webengage.event.name': 'Added to Cart',
      'webengage.request.id': requestId,
      'webengage.call.kind': 'single',
      'http.request.method': 'POST',
      'url.template': '/v1/accounts/{licenseCode}/events',
      'server.address': url.hostname,
      'server.port': Number(url.port),
    };
    expect(attempts.map(({ attributes }) => attributes)).toEqual([
      { ...sent, 'http.response.status_code': 503, 'error.type': '503' },
      { ...sent, 'http.response.status_code': 503, 'error.type': '503', 'http.request.resend_count': 1 },
      { ...sent, 'http.response.status_code': 201, 'http.request.resend_count': 2 },
    ]);
    expect(JSON.stringify(attempts.map(({ attributes }) => attributes))).not.toContain(LICENSE_CODE);
    await telemetry.close();
  });
});
