import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { context, metrics, type Span, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { EventsService } from 'nestjs-webengage';
import type { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { AppModule } from './app.module.js';
import { startSandboxUnlessConfigured } from './sandbox.js';
import { Shopper } from './visit/shopper.js';
import { visitShop } from './visit/visit.js';

const VARIABLES = ['DELIVERY', 'WEBENGAGE_LICENSE_CODE', 'WEBENGAGE_API_KEY', 'WEBENGAGE_HOST'];

const spanExporter = new InMemorySpanExporter();
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 })],
});

let app: INestApplication;
let events: EventsService;
let sandbox: WebEngageSandbox;
let shopUrl: string;

// As an application's set-up of OpenTelemetry does it, once for the process.
beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);
});

afterAll(async () => {
  await tracerProvider.shutdown();
  await meterProvider.shutdown();
  for (const api of [context, trace, metrics]) api.disable();
});

beforeEach(async () => {
  spanExporter.reset();
  metricExporter.reset();
  for (const variable of VARIABLES) delete process.env[variable];
  sandbox = (await startSandboxUnlessConfigured()) as WebEngageSandbox;
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = module.createNestApplication({ forceCloseConnections: true });
  app.useLogger(false);
  app.use(traceRequest);
  await app.listen(0, '127.0.0.1');
  events = app.get(EventsService);
  shopUrl = await app.getUrl();
});

afterEach(async () => {
  await app.close();
  await sandbox.close();
});

/** Stands in for OpenTelemetry's instrumentation of Node's HTTP server. */
function traceRequest(request: { method: string; url: string }, response: NodeJS.EventEmitter, next: () => void): void {
  const name = `${request.method} ${request.url}`;
  const span: Span = trace.getTracer('shop').startSpan(name, { kind: SpanKind.SERVER });
  response.once('finish', () => span.end());
  context.with(trace.setSpan(context.active(), span), next);
}

function spansNamed(name: string): ReadableSpan[] {
  return spanExporter.getFinishedSpans().filter((span) => span.name === name);
}

const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId;
const parentOf = (span: ReadableSpan | undefined): string | undefined => span?.parentSpanContext?.spanId;

/** The value of a metric, summed over its points. */
async function metric(name: string): Promise<number> {
  await meterProvider.forceFlush();
  const all =
    metricExporter
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
  const points = all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  return points.reduce((sum, { value }) => sum + (value as number), 0);
}

it('makes a trace that runs from the request to the delivery, a span for each attempt', async () => {
  sandbox.faults.add({ status: 503, calls: 1 });
  const shopper = new Shopper(shopUrl);
  await shopper.signIn('Ada');
  await shopper.call('POST', '/cart/lines', { productId: 1337, quantity: 2 });
  await events.flush();

  const [request] = spansNamed('POST /cart/lines');
  const [accepted] = spansNamed('create events');
  const attempts = spansNamed('send events');
  expect(accepted?.attributes).toMatchObject({ 'webengage.event.name': 'Added to Cart' });
  expect(parentOf(accepted)).toBe(idOf(request));
  expect(attempts.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([503, 201]);
  for (const attempt of attempts) {
    expect(parentOf(attempt)).toBe(idOf(accepted));
    expect(attempt.spanContext().traceId).toBe(request?.spanContext().traceId);
  }
});

it('shows the books as metrics, whatever goes wrong', async () => {
  sandbox.faults.add({ status: 400, calls: 2 });
  sandbox.faults.add({ status: 503, calls: 1 });
  await visitShop(shopUrl);
  await events.track({ userId: '1', eventName: 'we_is_reserved' }).catch(() => undefined);
  await events.flush();

  const { accepted, delivered, failed, pending, refused, skipped } = events.stats();
  expect({ failed, refused, pending }).toEqual({ failed: 2, refused: 1, pending: 0 });
  const shown = {
    accepted: await metric('webengage.events.accepted'),
    delivered: await metric('webengage.events.delivered'),
    failed: await metric('webengage.events.failed'),
    pending: await metric('webengage.events.pending'),
    refused: await metric('webengage.events.refused'),
    skipped: await metric('webengage.events.skipped'),
  };
  expect(shown).toEqual({ accepted, delivered, failed, pending, refused, skipped });
});
