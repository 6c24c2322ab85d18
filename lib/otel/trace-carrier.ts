import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';
import type { TraceContext } from '../delivery/trace-context.js';

const TRACEPARENT = /^00-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;
/** What W3C asks everybody to carry; a longer one is left out. */
const MAX_TRACESTATE = 512;

/**
 * A span's context as the W3C Trace Context writes it; undefined if it is none. It is written here, because the API's own
 * propagator does nothing unless the application has set one, which may be for another format.
 */
export function toCarrier(span: SpanContext): TraceContext | undefined {
  if (!isSpanContextValid(span)) return undefined;
  const flags = (span.traceFlags & 0xff).toString(16).padStart(2, '0');
  const traceparent = `00-${span.traceId.toLowerCase()}-${span.spanId.toLowerCase()}-${flags}`;
  const tracestate = span.traceState?.serialize() ?? '';
  return tracestate === '' || tracestate.length > MAX_TRACESTATE ? { traceparent } : { traceparent, tracestate };
}

/** The context of a span of whichever process wrote the carrier; undefined unless it is exactly what `toCarrier()` writes. */
export function fromCarrier(carrier: TraceContext | undefined): SpanContext | undefined {
  const { traceId = '', spanId = '', flags = '' } = TRACEPARENT.exec(carrier?.traceparent ?? '')?.groups ?? {};
  const span: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  if (!isSpanContextValid(span)) return undefined;
  return carrier?.tracestate ? { ...span, traceState: createTraceState(carrier.tracestate) } : span;
}
