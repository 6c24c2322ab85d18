import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 32 * 1_048_576;

export class BodyTooLarge extends Error {}

/** Reads a request's body as JSON; throws what JSON.parse throws, and `BodyTooLarge`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}
