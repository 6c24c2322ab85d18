import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { CallKind } from '../http/outgoing-call.js';
import type { Acceptance, AcceptedEvent, DeliveryAttempt } from '../instrumentation/instrumentation.js';
import { accountAttribute, ATTRIBUTE, OWN_ATTRIBUTE } from './names.js';
import { fromCarrier, toCarrier } from './trace-carrier.js';

const SYSTEM = 'webengage';
const DESTINATION = 'events';
/** The license code is nobody's business. */
const URL_TEMPLATES: Readonly<Record<CallKind, string>> = {
  single: '/v1/accounts/{licenseCode}/events',
  bulk: '/v1/accounts/{licenseCode}/bulk-events',
};
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The span of one attempt. */
export interface AttemptSpan {
  /** The context in which it is sent; undefined where nobody traces. */
  readonly context: Context | undefined;
  /** @param attributes what came of it */
  end(attributes: Attributes): void;
}

/** Makes a span for each event that is accepted, and one for each attempt to deliver. */
export class EventTraces {
  constructor(
    private readonly tracer: () => Tracer,
    private readonly withUserIds: boolean,
  ) {}

  accept({ account, requestId, eventName, userId, anonymousId }: AcceptedEvent): Acceptance | undefined {
    const attributes = {
      ...operation('create', account),
      [ATTRIBUTE.messageId]: requestId,
      [OWN_ATTRIBUTE.eventName]: eventName,
      ...(this.withUserIds && userId !== undefined && { [ATTRIBUTE.userId]: userId }),
      ...(this.withUserIds && anonymousId !== undefined && { [ATTRIBUTE.anonymousId]: anonymousId }),
    };
    const span = this.tracer().startSpan(`create ${DESTINATION}`, { kind: SpanKind.PRODUCER, attributes });
    // Kept of a span that is not sampled too: or else its attempts would be the roots of traces of their own.
    const carrier = toCarrier(span.spanContext());
    if (!carrier) return undefined;
    return {
      trace: carrier,
      end: (error) => {
        // Its name only: a message may repeat what the event holds.
        if (error) setError(span, error.name);
        span.end();
      },
    };
  }

  attempt(attempt: DeliveryAttempt): AttemptSpan {
    const { kind, events } = attempt;
    // Not the active context: a timer may have brought that of any request.
    const [single] = kind === 'single' ? events : [];
    const parent = fromCarrier(single?.trace);
    const within = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    const links = kind === 'bulk' ? events.flatMap(linkTo) : [];
    const options = { kind: SpanKind.CLIENT, attributes: attributesOf(attempt), links };
    const span = this.tracer().startSpan(`send ${DESTINATION}`, options, within);
    return {
      context: isSpanContextValid(span.spanContext()) ? trace.setSpan(within, span) : undefined,
      end: (attributes) => {
        span.setAttributes(attributes);
        if (attributes[ATTRIBUTE.errorType] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }
}

/** Calls within a context, or as it is without one. */
export function callWithin<Result>(within: Context | undefined, call: () => Result): Result {
  return within ? context.with(within, call) : call();
}

function setError(span: Span, type: string): void {
  span.setAttribute(ATTRIBUTE.errorType, type).setStatus({ code: SpanStatusCode.ERROR });
}

function operation(name: 'create' | 'send', account: string | undefined): Attributes {
  return {
    [ATTRIBUTE.system]: SYSTEM,
    [ATTRIBUTE.operationName]: name,
    [ATTRIBUTE.operationType]: name,
    [ATTRIBUTE.destination]: DESTINATION,
    ...accountAttribute(account),
  };
}

function attributesOf({ account, kind, requestId, host, attempt, events }: DeliveryAttempt): Attributes {
  const { protocol, hostname, port } = new URL(host);
  return {
    ...operation('send', account),
    ...(kind === 'bulk' ? { [ATTRIBUTE.messageCount]: events.length } : singleMessage(requestId, events)),
    [OWN_ATTRIBUTE.requestId]: requestId,
    [OWN_ATTRIBUTE.callKind]: kind,
    [ATTRIBUTE.method]: 'POST',
    ...(attempt > 1 && { [ATTRIBUTE.resendCount]: attempt - 1 }),
    [ATTRIBUTE.urlTemplate]: URL_TEMPLATES[kind],
    // An address of IPv6 stands in brackets in a URL only.
    [ATTRIBUTE.serverAddress]: hostname.replace(/^\[|\]$/g, ''),
    [ATTRIBUTE.serverPort]: port === '' ? DEFAULT_PORTS[protocol] : Number(port),
  };
}

function singleMessage(requestId: string, [event]: DeliveryAttempt['events']): Attributes {
  return { [ATTRIBUTE.messageId]: requestId, ...(event && { [OWN_ATTRIBUTE.eventName]: event.eventName }) };
}

function linkTo({ requestId, eventName, trace: carrier }: DeliveryAttempt['events'][number]): Link[] {
  const linked = fromCarrier(carrier);
  const attributes = { [ATTRIBUTE.messageId]: requestId, [OWN_ATTRIBUTE.eventName]: eventName };
  return linked ? [{ context: linked, attributes }] : [];
}
