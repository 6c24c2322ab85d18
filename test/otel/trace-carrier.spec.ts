import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toTraceContext } from '../../lib/delivery/trace-context.js';
import { fromCarrier, toCarrier } from '../../lib/otel/trace-carrier.js';

const hex = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''));

const anyContext: fc.Arbitrary<SpanContext> = fc.record({
  traceId: fc.oneof({ weight: 9, arbitrary: hex(32) }, { weight: 1, arbitrary: fc.constant('0'.repeat(32)) }),
  spanId: fc.oneof({ weight: 9, arbitrary: hex(16) }, { weight: 1, arbitrary: fc.constant('0'.repeat(16)) }),
  traceFlags: fc.integer({ min: 0, max: 255 }),
});
const member = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9_*/-]{0,20}$/), fc.stringMatching(/^[a-zA-Z0-9;:]{1,20}$/));
const anyState = fc.array(member, { maxLength: 32 }).map((members) => members.map((pair) => pair.join('=')).join(','));

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const SOUND = `00-${TRACE_ID}-${SPAN_ID}-01`;

describe('the carrier of a trace', () => {
  it('leads to the span from which it was made, and to none from an invalid one', () => {
    fc.assert(
      fc.property(anyContext, (span) => {
        const carrier = toCarrier(span);
        expect(carrier !== undefined).toBe(isSpanContextValid(span));
        expect(fromCarrier(carrier)).toEqual(carrier && { ...span, isRemote: true });
      }),
    );
  });

  it('keeps the state of the trace, through JSON and the bounds of what is stored', () => {
    fc.assert(
      fc.property(anyState, (text) => {
        const traceState = createTraceState(text);
        const carrier = toCarrier({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, traceState });
        const stored = toTraceContext(JSON.parse(JSON.stringify(carrier)));
        expect(stored).toEqual(carrier);
        const restored = fromCarrier(stored);
        expect(restored?.spanId).toBe(SPAN_ID);
        const { length } = traceState.serialize();
        expect(restored?.traceState?.serialize() ?? '').toBe(length > 512 ? '' : traceState.serialize());
      }),
    );
  });

  it('is read only if it is exactly as it is written', () => {
    const oneWrong = fc
      .tuple(fc.nat(SOUND.length - 1), fc.string({ minLength: 0, maxLength: 2, unit: 'binary' }))
      .map(([index, text]) => SOUND.slice(0, index) + text + SOUND.slice(index + 1));
    fc.assert(
      fc.property(fc.oneof(oneWrong, fc.string({ unit: 'binary' })), (traceparent) => {
        const span = fromCarrier({ traceparent });
        if (span) expect(toCarrier(span)).toEqual({ traceparent });
      }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['an empty carrier', {}],
    ['another version', { traceparent: `01-${TRACE_ID}-${SPAN_ID}-01` }],
    ['the forbidden version', { traceparent: `ff-${TRACE_ID}-${SPAN_ID}-01` }],
    ['capitals', { traceparent: SOUND.toUpperCase() }],
    ['a part too many', { traceparent: `${SOUND}-00` }],
    ['a line break at its end', { traceparent: `${SOUND}\n` }],
    ['a space before it', { traceparent: ` ${SOUND}` }],
    ['no trace', { traceparent: `00-${'0'.repeat(32)}-${SPAN_ID}-01` }],
    ['no span', { traceparent: `00-${TRACE_ID}-${'0'.repeat(16)}-01` }],
    ['another name', { Traceparent: SOUND }],
    ['B3', { b3: `${TRACE_ID}-${SPAN_ID}-1` }],
  ])('is none if it is %s', (_what, carrier) => {
    expect(fromCarrier(carrier as never)).toBeUndefined();
    expect(fromCarrier({ traceparent: SOUND })?.traceId).toBe(TRACE_ID);
  });
});
