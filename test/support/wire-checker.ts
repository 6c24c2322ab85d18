import { type JsonNode, parseStrictJson } from './strict-json.js';
import { SYSTEM_EVENTS } from './system-event-names.js';

/** One call to WebEngage as it went over the wire. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface WireExpectations {
  /** The key that the call must carry. Default: any. */
  readonly apiKey?: string;
  /** Bytes that the body may have. Default: 1,048,576. */
  readonly maxEventBytes?: number;
}

const FIELDS = ['userId', 'anonymousId', 'eventName', 'eventTime', 'eventData'];
const DEEPEST_LEVEL = 10;

/**
 * Says every way in which a single-event call breaks what WebEngage documents and this project decided. Written from
 * the documents alone, a second time: it shares no code with the library, so that the two can disagree.
 */
export function wireBreaches({ headers, body }: WireRequest, expectations: WireExpectations = {}): string[] {
  const { apiKey, maxEventBytes = 1_048_576 } = expectations;
  const breaches = headerBreaches(headers, body.byteLength, apiKey);
  if (body.byteLength > maxEventBytes) breaches.push(`body: ${body.byteLength} bytes, more than ${maxEventBytes}`);
  try {
    // Without `ignoreBOM` a byte order mark would vanish; JSON may not begin with one.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return [...breaches, ...eventBreaches(parseStrictJson(text))];
  } catch (error) {
    return [...breaches, `body: no JSON in UTF-8: ${String(error)}`];
  }
}

function headerBreaches(headers: WireRequest['headers'], bytes: number, apiKey: string | undefined): string[] {
  const breaches: string[] = [];
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  if (!/^[0-9a-f]{32}$/.test(header('x-request-id'))) breaches.push('x-request-id: not 32 hexadecimal digits');
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(header('content-type'))) {
    breaches.push('content-type: not application/json');
  }
  const [scheme, key, ...more] = header('authorization').split(' ');
  if (scheme !== 'Bearer' || !key || more.length > 0) breaches.push('authorization: no bearer token');
  else if (apiKey !== undefined && key !== apiKey) breaches.push('authorization: another key');
  if (headers['content-length'] !== undefined && header('content-length') !== String(bytes)) {
    breaches.push('content-length: not the length of the body');
  }
  return breaches;
}

function eventBreaches(event: JsonNode): string[] {
  if (event.kind !== 'object') return [`body: ${event.kind} instead of an object`];
  const breaches = repeatedNames(event, 'body');
  const fields = new Map(event.members);
  for (const name of fields.keys()) if (!FIELDS.includes(name)) breaches.push(`${name}: no field of an event`);
  const ids = ['userId', 'anonymousId'].filter((name) => fields.has(name));
  if (ids.length !== 1) breaches.push(`userId and anonymousId: ${ids.length} of them instead of one`);
  for (const name of ids) breaches.push(...identifierBreaches(name, fields.get(name)));
  breaches.push(...eventNameBreaches(fields.get('eventName')));
  const time = fields.get('eventTime');
  if (time?.kind !== 'string' || !isDate(time.value)) breaches.push('eventTime: no real time as documented');
  const data = fields.get('eventData');
  return data === undefined ? breaches : [...breaches, ...eventDataBreaches(data)];
}

function identifierBreaches(field: string, node: JsonNode | undefined): string[] {
  if (node?.kind !== 'string') return [`${field}: not a String`];
  const breaches = node.value.length > 100 ? [`${field}: ${node.value.length} characters`] : [];
  return isBlank(node.value) ? [...breaches, `${field}: blank`] : breaches;
}

function eventNameBreaches(node: JsonNode | undefined): string[] {
  if (node?.kind !== 'string') return ['eventName: not a String'];
  const breaches = nameBreaches('eventName', node.value);
  return SYSTEM_EVENTS.includes(node.value) ? [...breaches, 'eventName: a system event'] : breaches;
}

function nameBreaches(what: string, name: string): string[] {
  const breaches: string[] = [];
  if (name.length >= 50) breaches.push(`${what}: ${name.length} characters`);
  if (name.slice(0, 3) === 'we_') breaches.push(`${what}: reserved prefix`);
  if (isBlank(name)) breaches.push(`${what}: blank`);
  return breaches;
}

function eventDataBreaches(data: JsonNode): string[] {
  if (data.kind !== 'object') return [`eventData: ${data.kind} instead of an object`];
  const breaches = repeatedNames(data, 'eventData');
  const counts: Record<string, number> = {};
  for (const [name, value] of data.members) {
    const what = `eventData ${JSON.stringify(name)}`;
    breaches.push(...nameBreaches(what, name), ...valueBreaches(what, value, 0));
    if (value.kind === 'string' && value.value.length >= 1000) {
      breaches.push(`${what}: a String of ${value.value.length} characters`);
    }
    const type = value.kind === 'string' && isDate(value.value) ? 'date' : value.kind;
    counts[type] = (counts[type] ?? 0) + 1;
  }
  for (const [type, count] of Object.entries(counts)) {
    if (count > 25) breaches.push(`eventData: ${count} attributes of the type ${type}`);
  }
  return breaches;
}

/** @param level how many arrays and objects of the attribute's value hold this one */
function valueBreaches(what: string, node: JsonNode, level: number): string[] {
  switch (node.kind) {
    case 'null':
      return [`${what}: null`];
    case 'number':
      return Number.isFinite(node.value) ? [] : [`${what}: a number that nothing can hold`];
    case 'array':
      if (level >= DEEPEST_LEVEL) return [`${what}: nested too deep`];
      return node.items.flatMap((item, index) => valueBreaches(`${what} ${index}`, item, level + 1));
    case 'object':
      if (level >= DEEPEST_LEVEL) return [`${what}: nested too deep`];
      return [
        ...repeatedNames(node, what),
        ...node.members.flatMap(([name, value]) => valueBreaches(`${what} ${JSON.stringify(name)}`, value, level + 1)),
      ];
    default:
      return [];
  }
}

function repeatedNames({ members }: { members: readonly (readonly [string, JsonNode])[] }, what: string): string[] {
  const seen = new Set<string>();
  return members.flatMap(([name]) => {
    if (seen.has(name)) return [`${what}: ${JSON.stringify(name)} more than once`];
    seen.add(name);
    return [];
  });
}

function isBlank(text: string): boolean {
  return /^\s*$/u.test(text);
}

/** Whether a String is a time that exists, written as `yyyy-MM-ddTHH:mm:ss±hhmm`. */
export function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{4}$/.test(text)) return false;
  if (Number(text.slice(20, 22)) > 23 || Number(text.slice(22, 24)) > 59) return false;
  // The calendar is asked, instead of knowing its rules: a day that does not exist comes back as another one.
  const wallClock = text.slice(0, 19);
  const read = new Date(`${wallClock}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString() === `${wallClock}.000Z`;
}
