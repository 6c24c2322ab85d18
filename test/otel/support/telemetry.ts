import { context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type DataPoint, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { openTelemetry, type OpenTelemetryOptions } from 'nestjs-webengage/otel';

/** Collects when it is told to. */
class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** One point of a metric, as the tests compare it. */
export interface Point {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** What an application's SDK would be, kept in memory. */
export class Telemetry {
  readonly reader = new ManualReader();
  readonly meterProvider = new MeterProvider({ readers: [this.reader] });
  readonly tracerProvider: BasicTracerProvider;
  private readonly exporter = new InMemorySpanExporter();

  constructor(sampler?: Sampler) {
    const spanProcessors = [new SimpleSpanProcessor(this.exporter)];
    this.tracerProvider = new BasicTracerProvider({ spanProcessors, ...(sampler && { sampler }) });
  }

  instrumentation(options: OpenTelemetryOptions = {}): ReturnType<typeof openTelemetry> {
    return openTelemetry({ tracerProvider: this.tracerProvider, meterProvider: this.meterProvider, ...options });
  }

  /** The spans that have ended, in the order in which they did. */
  get spans(): ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  named(name: string): ReadableSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** Does something as if for a request, and returns the request's span. */
  within<Result>(action: () => Result): { readonly span: Span; readonly result: Result } {
    const span = this.tracerProvider.getTracer('test').startSpan('request', { kind: SpanKind.SERVER });
    const result = context.with(trace.setSpan(context.active(), span), action);
    span.end();
    return { span, result };
  }

  /** All that the meters of the library show now. */
  async collect(): Promise<Point[]> {
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) throw new AggregateError(errors);
    const metrics = resourceMetrics.scopeMetrics
      .filter(({ scope }) => scope.name === 'nestjs-webengage')
      .flatMap((scope) => scope.metrics);
    return metrics.flatMap(({ descriptor, dataPoints }) =>
      (dataPoints as DataPoint<unknown>[]).map(({ attributes, value }) => ({
        name: descriptor.name,
        attributes,
        value,
      })),
    );
  }

  async close(): Promise<void> {
    await this.tracerProvider.shutdown();
    await this.meterProvider.shutdown();
  }
}

/** Carries contexts along, as every application with an SDK has it. Call it once in a spec file. */
export function carryContexts(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}

/** The value of the metric, summed over the points that have these attributes at least. */
export function sumOf(points: readonly Point[], name: string, attributes: Record<string, unknown> = {}): number {
  return points
    .filter((point) => point.name === name)
    .filter((point) => Object.entries(attributes).every(([key, value]) => point.attributes[key] === value))
    .reduce((sum, { value }) => sum + (value as number), 0);
}

export const isChildOf = (child: ReadableSpan, parent: ReadableSpan): boolean =>
  child.parentSpanContext?.spanId === parent.spanContext().spanId &&
  child.spanContext().traceId === parent.spanContext().traceId;
