/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Whether its body came to its end. */
  readonly complete: boolean;
}

const HEAD_END = '\r\n\r\n';

/** Takes apart what came over one connection; throws on what is no HTTP. */
export function readAnswers(received: Buffer, isHead: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = received;
  while (rest.length > 0) {
    const headLength = rest.indexOf(HEAD_END);
    if (headLength === -1) throw new Error(`No head: ${rest.subarray(0, 200).toString('latin1')}`);
    const head = rest.subarray(0, headLength).toString('latin1');
    rest = rest.subarray(headLength + HEAD_END.length);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    if (Number.isNaN(status)) throw new Error(`No status: ${head}`);
    if (status < 200) continue;
    // What is not even a request has no method: it is answered with a body.
    const isBare =
      status === 204 || (isHead && (rest.length === 0 || rest.subarray(0, 5).toString('latin1') === 'HTTP/'));
    const { body, complete, length } = isBare ? EMPTY : readBody(head, rest);
    rest = rest.subarray(length);
    answers.push({ status, contentType: headerOf(head, 'content-type') ?? '', body: body.toString('utf8'), complete });
  }
  return answers;
}

interface RawBody {
  readonly body: Buffer;
  readonly complete: boolean;
  readonly length: number;
}

const EMPTY: RawBody = { body: Buffer.alloc(0), complete: true, length: 0 };

function readBody(head: string, rest: Buffer): RawBody {
  if (headerOf(head, 'transfer-encoding') === 'chunked') return readChunks(rest);
  const length = headerOf(head, 'content-length');
  // Without a length it goes on until the connection is closed, and may have been cut.
  if (length === undefined) return { body: rest, complete: false, length: rest.length };
  return { body: rest.subarray(0, Number(length)), complete: rest.length >= Number(length), length: Number(length) };
}

function readChunks(rest: Buffer): RawBody {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = lineEnd === -1 ? NaN : parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    const start = lineEnd + 2;
    if (Number.isNaN(size) || start + size + 2 > rest.length) {
      return { body: Buffer.concat(chunks), complete: false, length: rest.length };
    }
    if (size === 0) return { body: Buffer.concat(chunks), complete: true, length: start + 2 };
    chunks.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}

function headerOf(head: string, name: string): string | undefined {
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}
