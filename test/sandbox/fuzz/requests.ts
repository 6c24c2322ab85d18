import { oddBody, oddControlBody } from './bodies.js';
import type { Choice } from './choice.js';

/** What goes over one connection. */
export interface FuzzedRequest {
  readonly bytes: Buffer;
  /** How the client goes on after its last byte: it waits for the answer, half-closes the connection, or is gone. */
  readonly ending: 'wait' | 'half-close' | 'leave';
  /** Whether answers come without bodies. */
  readonly isHead: boolean;
}

interface Parts {
  method: string;
  path: string;
  version: string;
  headers: string[];
  body: Buffer;
  lineBreak: string;
}

const METHODS = [
  'POST',
  'GET',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'post',
  'BREW',
  '',
];
const PATHS = [
  '/v1/accounts/~abc/events',
  '/v1/accounts/~abc/bulk-events',
  '/v1/accounts/%00/events',
  '/v1/accounts/%/events',
  '/v1/accounts/../../etc/events',
  'http://127.0.0.1/v1/accounts/~abc/events',
  '*',
  '/',
  '//',
  '/assets/page.js',
  '/assets/../page-files.js',
  '/assets/%2e%2e%2fpage-files.js',
  '/api',
  '/api/',
  '/api/state',
  '/api/types',
  '/api/openapi.json',
  '/api/events',
  '/api/events.jsonl',
  '/api/events/next?timeout=5',
  '/api/events/1',
  '/api/events/-1',
  '/api/events/999999999999999999999',
  '/api/events/:id',
  '/api/faults',
  '/api/faults/1',
  '/api/clock',
  '/api/clock/advance',
  '/api/stream',
  '/api/__proto__',
  '/api/constructor',
];
const CALLS: [string, ...string[]] = ['/v1/accounts/~abc/events', '/v1/accounts/~abc/bulk-events'];
const CONTROLS: [[string, string], ...[string, string][]] = [
  ['POST', '/api/faults'],
  ['PUT', '/api/clock'],
  ['POST', '/api/clock/advance'],
];
const QUERIES = ['event', 'user', 'text', 'verdict', 'after', 'limit', 'timeout', '__proto__', '%', ''];

/** The header lines that make trouble, each at random. */
const ODD_HEADERS: readonly [(choice: Choice) => string, ...((choice: Choice) => string)[]] = [
  (choice) => `Content-Length: ${choice.of(['-1', '1e3', '5, 6', '99999999999999999999', '0x10', '', '0', '7'])}`,
  (choice) => `Transfer-Encoding: ${choice.of(['chunked', 'gzip', 'chunked, chunked', 'identity', 'xchunked'])}`,
  (choice) =>
    `Content-Type: ${choice.of(['text/plain', 'application/json; charset=utf-16', ';', 'multipart/form-data'])}`,
  (choice) => `Content-Encoding: ${choice.of(['gzip', 'br', 'deflate', 'x'])}`,
  (choice) => `Expect: ${choice.of(['100-continue', '200-ok', ''])}`,
  (choice) => `Upgrade: ${choice.of(['websocket', 'h2c'])}\r\nConnection: Upgrade`,
  (choice) => `Last-Event-ID: ${choice.of(['', '-', '0', 'x-y', '-1', `${'a'.repeat(16)}-NaN`, '1e9-1e9', '--'])}`,
  (choice) => `x-request-id: ${choice.of(['', ' ', 'x'.repeat(choice.number(1, 12_000)), choice.text(5)])}`,
  (choice) => `Authorization: ${choice.of(['', 'Bearer', 'Bearer  a', 'Basic x', 'Bearer é', 'x'.repeat(5_000)])}`,
  (choice) => `Host: ${choice.of(['', 'a b', '[', 'localhost:99999', 'evil.example', '127.0.0.1@evil.example'])}`,
  (choice) => `Origin: ${choice.of(['null', 'http://evil.example', 'x', '', 'http://['])}`,
  (choice) => `Sec-Fetch-Site: ${choice.of(['cross-site', 'same-origin', 'x'])}`,
  (choice) => `X-Huge: ${'h'.repeat(choice.number(1, 20_000))}`,
  (choice) => Array.from({ length: choice.number(1, 3_000) }, (_, index) => `X-${index}: 1`).join('\r\n'),
  (choice) =>
    choice.of(['No colon', ': no name', 'Bad name: 1', 'X: \u0000', 'X: a\rb', ' folded', 'X:\t', '\u0001: x']),
  () => 'X: a\r\n\r\nGET /api/state HTTP/1.1\r\nHost: x',
];

export function fuzzedRequest(choice: Choice): FuzzedRequest {
  const parts = oddParts(choice);
  let bytes = write(parts, choice);
  if (choice.chance(0.05)) bytes = Buffer.concat(Array.from({ length: choice.number(2, 10) }, () => bytes));
  if (choice.chance(0.03)) bytes = choice.bytes(choice.number(1, 500));
  if (choice.chance(0.03)) bytes = Buffer.concat([bytes, choice.bytes(choice.number(1, 100))]);
  const isTruncated = choice.chance(0.15);
  if (isTruncated) bytes = bytes.subarray(0, choice.number(0, bytes.length));
  const ending = isTruncated
    ? choice.of<FuzzedRequest['ending']>(['half-close', 'leave'])
    : choice.of<FuzzedRequest['ending']>(['wait', 'wait', 'half-close', 'leave']);
  return { bytes, ending, isHead: parts.method === 'HEAD' };
}

function oddParts(choice: Choice): Parts {
  const [method, path, body] = oddTarget(choice);
  return {
    method,
    path,
    body,
    version: choice.chance(0.9) ? 'HTTP/1.1' : choice.of(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTX/1.1', '']),
    headers: Array.from({ length: choice.number(0, 3) }, () => choice.of(ODD_HEADERS)(choice)),
    lineBreak: choice.chance(0.95) ? '\r\n' : choice.of(['\n', '\r', '\r\r\n']),
  };
}

/** Some requests must come as far as their bodies. */
function oddTarget(choice: Choice): [method: string, path: string, body: Buffer] {
  if (choice.chance(0.5)) return ['POST', choice.of(CALLS), oddBody(choice)];
  if (choice.chance(0.2)) return [...choice.of(CONTROLS), oddControlBody(choice)];
  return [choice.of(METHODS as [string, ...string[]]), oddPath(choice), oddControlBody(choice)];
}

function oddPath(choice: Choice): string {
  const path = choice.of(PATHS as [string, ...string[]]);
  if (choice.chance(0.6)) return path;
  if (choice.chance(0.3)) return `/${choice.text(choice.number(1, 40))}`;
  const name = choice.of(QUERIES as [string, ...string[]]);
  const value = choice.of([
    '',
    '-1',
    '1',
    '5',
    '1e9',
    'NaN',
    '%',
    '%00',
    '%ff',
    'null',
    choice.text(6),
    'x'.repeat(3_000),
  ]);
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`;
}

function write({ method, path, version, headers, body, lineBreak }: Parts, choice: Choice): Buffer {
  const usual = ['Host: 127.0.0.1', 'Authorization: Bearer key', 'Connection: close'].filter(
    () => !choice.chance(0.05),
  );
  const isChunked = choice.chance(0.15);
  const length = choice.chance(0.9) ? body.length : Math.max(0, body.length + choice.number(-20, 20));
  const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  const head = [`${method} ${path} ${version}`, ...usual, framing, ...headers, '', ''].join(lineBreak);
  return Buffer.concat([Buffer.from(head), isChunked ? chunked(body, choice) : body]);
}

function chunked(body: Buffer, choice: Choice): Buffer {
  const size = choice.chance(0.6)
    ? body.length.toString(16)
    : choice.of(['-1', 'zz', 'ffffffffffffffff', '', '0', '1;x="']);
  return Buffer.concat([
    Buffer.from(`${size}\r\n`),
    body,
    Buffer.from(choice.of(['\r\n0\r\n\r\n', '0\r\n\r\n', '\r\n', ''])),
  ]);
}
