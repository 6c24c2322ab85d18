import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError } from '../../errors/configuration.error.js';
import { type BodyBudget, BodyTooLarge, ClientLeft, InvalidJson, readJson, TooBusy } from '../http/read-body.js';
import type { Reply } from '../http/reply.js';

const MAX_BODY_BYTES = 65_536;
const MAX_PROBLEMS = 20;
const MAX_NAME = 100;

/** A request to the sandbox's own API that cannot be answered as asked. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems?: readonly { readonly path: string; readonly message: string }[],
    private readonly headers?: Reply['headers'],
  ) {
    super(message);
  }

  get reply(): Reply {
    const { status, message, problems, headers } = this;
    return { status, body: { message, problems }, headers };
  }
}

/** A request to the sandbox's own API. */
export class ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;

  constructor(
    readonly incoming: IncomingMessage,
    readonly response: ServerResponse,
    private readonly budget: BodyBudget,
  ) {
    const [path = '', query = ''] = (incoming.url ?? '').split(/\?(.*)/s, 2);
    this.method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? '');
    this.path = path;
    this.query = new URLSearchParams(query);
  }

  /**
   * The body, which must be a JSON object.
   *
   * @throws {ControlError} (as a rejection) it is not, or too large
   */
  async object(): Promise<Record<string, unknown>> {
    try {
      const { value } = await readJson(this.incoming, MAX_BODY_BYTES, this.budget);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch (error) {
      if (error instanceof ClientLeft) throw error;
      if (error instanceof BodyTooLarge) throw tooLarge();
      if (error instanceof TooBusy) throw new ControlError(503, 'Too many large bodies are being read at once');
      if (!(error instanceof InvalidJson)) throw error;
    }
    throw new ControlError(400, 'The body must be a JSON object');
  }

  /** @throws {ControlError} the query has parameters that are none: whoever mistypes one would be told of everything */
  allowParameters(known: readonly string[]): void {
    const problems = [...new Set(this.query.keys())]
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: name.slice(0, MAX_NAME),
        message: `is no parameter here; these are: ${known.join(', ')}`,
      }));
    if (problems.length > 0) throw new ControlError(400, 'The query is wrong', problems.slice(0, MAX_PROBLEMS));
  }

  /**
   * Whether the query sets a switch.
   *
   * @throws {ControlError} it says neither true nor false
   */
  flag(name: string): boolean {
    const given = this.query.get(name) || 'false';
    if (given === 'true' || given === 'false') return given === 'true';
    throw new ControlError(400, 'The query is wrong', [{ path: name, message: 'must be true or false' }]);
  }

  /**
   * A whole number of the query, or its default.
   *
   * @throws {ControlError} it is no whole number within the bounds
   */
  wholeNumber(name: string, otherwise: number, min: number, max: number): number {
    const given = this.query.get(name);
    if (given === null) return otherwise;
    const number = /^\d+$/.test(given) ? Number(given) : NaN;
    if (number >= min && number <= max) return number;
    throw new ControlError(400, 'The query is wrong', [
      { path: name, message: `must be a whole number from ${min} to ${max}` },
    ]);
  }
}

function tooLarge(): ControlError {
  // The rest of the body is not waited for.
  return new ControlError(413, `The body is larger than ${MAX_BODY_BYTES} bytes`, undefined, { Connection: 'close' });
}

/** What was thrown as an answer; undefined where it is none of the caller's making. */
export function toControlError(error: unknown): ControlError | undefined {
  if (error instanceof ControlError) return error;
  if (!(error instanceof ConfigurationError)) return undefined;
  const problems = error.problems.map(({ option, message }) => ({ path: option, message }));
  return new ControlError(400, error.message, problems);
}
