import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';

/** A response as it came over the wire, but for the `Date` header: two requests may be a second apart. */
export interface RawResponse {
  readonly status: number;
  readonly reason: string;
  /** Names and values as they were sent, in the order in which they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Each byte as one character, so that no two bodies look alike that are not. */
  readonly body: string;
  /** Whether the body came to its proper end. */
  readonly complete: boolean;
}

/** A response whose body is still coming. */
export interface OpenResponse {
  readonly status: number;
  /** Waits until the body holds the text. */
  received(text: string): Promise<void>;
  /** Breaks off the connection, as a browser does when its tab is closed. */
  leave(): void;
}

/** Makes a request on a connection of its own and reads the response to its end. */
export async function rawRequest(url: string, options: RequestOptions = {}): Promise<RawResponse> {
  const message = await send(url, options);
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A body that is cut short is an answer too; `complete` tells.
  message.on('error', () => undefined);
  await new Promise<void>((resolve) => message.once('close', resolve));
  return {
    status: message.statusCode ?? 0,
    reason: message.statusMessage ?? '',
    headers: pairs(message.rawHeaders).filter(([name]) => name.toLowerCase() !== 'date'),
    body: Buffer.concat(chunks).toString('latin1'),
    complete: message.complete,
  };
}

/** Makes a request and resolves as soon as the response's headers are there. */
export async function openRequest(url: string): Promise<OpenResponse> {
  const message = await send(url, {});
  let body = '';
  message.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
  message.on('error', () => undefined);
  const received = async (text: string) => {
    while (!body.includes(text)) await new Promise<void>((resolve) => message.once('data', () => resolve()));
  };
  return { status: message.statusCode ?? 0, received, leave: () => message.destroy() };
}

/** Makes a request and goes away as soon as `left` resolves; no answer is expected before that. */
export async function abandonRequest(url: string, when: Promise<unknown>): Promise<void> {
  const request = httpRequest(url, { agent: false });
  const closed = new Promise<void>((resolve) => request.once('close', resolve));
  request.on('error', () => undefined).end();
  await when;
  request.destroy();
  await closed;
}

async function send(url: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { agent: false, ...options }, resolve)
      .on('error', reject)
      .end();
  });
}

function pairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
}
