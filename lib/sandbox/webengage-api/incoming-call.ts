import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { quote } from '../../common/describe-value.js';
import type { ArrivedFields } from '../arrivals/arrival.js';
import { unknownFieldsOf } from '../arrivals/unknown-field.js';
import type { JsonBody } from '../http/read-body.js';
import { MAX_BULK_EVENTS } from '../arrivals/wire-event.js';

const ROUTE = /^\/v1\/accounts\/([^/?#]+)\/(events|bulk-events)$/;
/** Foreign names that are remembered by the hundred thousand; what is longer is remembered by its digest. */
const MAX_LENGTH = 200;
const SHOWN = 40;

/** What the head of a call says. The key is no part of it. */
export interface CallHead {
  /** Undefined where the URL is none of the API's. */
  readonly licenseCode: string | undefined;
  readonly bulk: boolean;
  readonly requestId: string | undefined;
  /** The method and the path, as they may be shown. */
  readonly target: string;
}

/** One call whose body has come in, or cannot be read. */
export interface IncomingCall extends CallHead {
  readonly receivedAt: number;
  /** The fault that makes it wait, in words. */
  readonly delayedBy?: string;
  readonly authorization: string | undefined;
  /** What is wrong where the body cannot be used. */
  readonly body: JsonBody | Error;
}

export function readHead({ method = '', url = '', headers }: IncomingMessage): CallHead {
  const [, licenseCode, resource] = (method === 'POST' && ROUTE.exec(url)) || [];
  const requestId = headers['x-request-id'];
  return {
    licenseCode: licenseCode === undefined ? undefined : bounded(decode(licenseCode)),
    bulk: resource === 'bulk-events',
    requestId: typeof requestId === 'string' && requestId !== '' ? bounded(requestId) : undefined,
    // A query may hold what is not to be shown.
    target: `${method} ${quote(url.split(/[?#]/, 1)[0] ?? '')}`,
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function bounded(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  // Copied: a mere slice would keep the whole name in memory.
  const beginning = Buffer.from(name.slice(0, SHOWN)).toString();
  return `${beginning}…${createHash('sha256').update(name).digest('hex')}`;
}

/** The events of a call, as far as they can be read; at least one, so that no call goes unseen. */
export function looseEvents({ body, bulk }: IncomingCall): ArrivedFields[] {
  if (body instanceof Error) return [{}];
  const { events } = (body.value ?? {}) as { events?: unknown };
  const found: unknown[] = bulk && Array.isArray(events) ? events.slice(0, MAX_BULK_EVENTS) : [body.value];
  return found.length > 0 ? found.map(fieldsOf) : [{}];
}

function fieldsOf(event: unknown): ArrivedFields {
  const { userId, anonymousId, eventName, eventTime, eventData } = (event ?? {}) as ArrivedFields;
  return { userId, anonymousId, eventName, eventTime, eventData, unknownFields: unknownFieldsOf(event) };
}
