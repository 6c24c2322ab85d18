import type { IncomingMessage } from 'node:http';

/** Levels of arrays and objects that JSON may have; far more than WebEngage's events need, and no walk overflows. */
const MAX_LEVELS = 200;
/** Values that JSON may have: 25 events of 10,000. Many more would keep the process busy for seconds. */
const MAX_VALUES = 250_000;
/** What a value takes in memory beside its text, about. */
const BYTES_PER_VALUE = 40;
const COMMA = 0x2c;
const POSITION = / at position (\d+)(?: \(line \d+ column \d+\))?$/;

export class BodyTooLarge extends Error {}
/** Too many bodies are being read at once. */
export class TooBusy extends Error {}
/** The body is no JSON that can be used; the message says why. */
export class InvalidJson extends Error {
  constructor(
    message: string,
    /** Where it stops being JSON, if the parser says so. */
    readonly detail?: string,
  ) {
    super(message);
  }
}
/** The client left before its body was there: nobody waits for an answer. */
export class ClientLeft extends Error {}

/** Bytes of bodies that may be in memory at one time. */
export class BodyBudget {
  constructor(private left: number) {}

  take(bytes: number): boolean {
    if (bytes > this.left) return false;
    this.left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.left += bytes;
  }
}

export interface JsonBody {
  readonly value: unknown;
  /** What it takes in memory, about. */
  readonly bytes: number;
}

/**
 * Reads a request's body as JSON in UTF-8.
 *
 * @throws {BodyTooLarge}, {TooBusy}, {InvalidJson}, {ClientLeft} (as rejections)
 */
export async function readJson(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<JsonBody> {
  const body = await readBytes(request, maxBytes, budget);
  const commas = countOf(COMMA, body);
  if (commas > MAX_VALUES) throw new BodyTooLarge();
  return { value: parse(body), bytes: body.length + commas * BYTES_PER_VALUE };
}

function readBytes(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      if (bytes + chunk.length > maxBytes) fail(new BodyTooLarge());
      else if (!budget.take(chunk.length)) fail(new TooBusy());
      else {
        chunks.push(chunk);
        bytes += chunk.length;
      }
    };
    const finish = (): void => {
      stopListening();
      resolve(Buffer.concat(chunks));
    };
    const fail = (error: Error): void => {
      stopListening();
      reject(error);
    };
    const leave = (): void => fail(new ClientLeft());
    const stopListening = (): void => {
      request.off('data', take).off('end', finish).off('close', leave);
      budget.giveBack(bytes);
    };
    // An 'error' is always followed by 'close'.
    request
      .on('error', () => undefined)
      .on('data', take)
      .on('end', finish)
      .on('close', leave);
  });
}

function parse(body: Buffer): unknown {
  const value = parseJson(body);
  if (isDeeperThan(MAX_LEVELS, value)) throw new InvalidJson(`must not be nested deeper than ${MAX_LEVELS} levels`);
  return value;
}

function countOf(byte: number, body: Buffer): number {
  let count = 0;
  for (let index = body.indexOf(byte); index >= 0; index = body.indexOf(byte, index + 1)) count++;
  return count;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch (error) {
    throw new InvalidJson('must be valid JSON', placeOf(error as Error));
  }
}

/** Where the parser gave up. The rest of what it says repeats the body. */
function placeOf({ message }: Error): string | undefined {
  const [, position] = POSITION.exec(message) ?? [];
  return position === undefined ? undefined : `at character ${Number(position) + 1}`;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) {
    if (isDeeperThan(levels - 1, inner)) return true;
  }
  return false;
}
