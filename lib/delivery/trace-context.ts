/**
 * Where an event's trace goes on, as the propagation fields of the W3C Trace Context: `traceparent`, and `tracestate` if
 * there is one. It is stored with an event, so that whichever process delivers it continues its trace.
 */
export type TraceContext = Readonly<Record<string, string>>;

const MAX_FIELDS = 4;
const MAX_LENGTH = 1_024;

/** What was stored as a trace context; undefined if it is none. */
export function toTraceContext(stored: unknown): TraceContext | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const fields = Object.entries(stored);
  const isSound = fields.every(([, value]) => typeof value === 'string' && value.length <= MAX_LENGTH);
  return isSound && fields.length > 0 && fields.length <= MAX_FIELDS ? (stored as TraceContext) : undefined;
}
