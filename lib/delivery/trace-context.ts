/**
 * Where an event's trace goes on, as the propagation fields of the W3C Trace Context: `traceparent`, and `tracestate` if
 * there is one. It is stored with an event, so that whichever process delivers it continues its trace.
 */
export type TraceContext = Readonly<Record<string, string>>;

const MAX_FIELDS = 4;
const MAX_NAME_LENGTH = 64;
const MAX_LENGTH = 1_024;

/** A copy of what is to be, or was, stored as a trace context; undefined if it is none. */
export function toTraceContext(stored: unknown): TraceContext | undefined {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return undefined;
  const fields = Object.entries(stored);
  if (fields.length === 0 || fields.length > MAX_FIELDS) return undefined;
  return fields.every(isSound) ? Object.freeze(Object.fromEntries(fields) as Record<string, string>) : undefined;
}

function isSound([name, value]: [string, unknown]): boolean {
  return name.length <= MAX_NAME_LENGTH && typeof value === 'string' && value.length <= MAX_LENGTH;
}
