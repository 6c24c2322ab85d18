import { afterEach, beforeEach } from '@jest/globals';
import { type SandboxOptions, WebEngageSandbox } from 'nestjs-webengage/sandbox';

export const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };

/** How a call is made, where it is not as usual. */
export interface CallOptions {
  readonly requestId?: string;
  readonly account?: string;
  readonly bulk?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A sandbox in this process, and the ways to speak to it over HTTP. */
export class SandboxContext {
  sandbox!: WebEngageSandbox;
  /** The system's time, as the sandbox sees it. */
  time = 0;

  /** Starts a sandbox anew. */
  async start(options: SandboxOptions = {}): Promise<void> {
    await this.sandbox?.close();
    this.sandbox = await WebEngageSandbox.start({ now: () => this.time, ...options });
  }

  /** Makes a call and returns its answer's status. */
  async call(body: unknown = EVENT, options: CallOptions = {}): Promise<number> {
    const response = await this.respond(body, options);
    await response.text();
    return response.status;
  }

  respond(body: unknown = EVENT, { requestId, account = '~abc', bulk, headers, signal }: CallOptions = {}) {
    return fetch(`${this.sandbox.url}/v1/accounts/${account}/${bulk ? 'bulk-events' : 'events'}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer key', ...(requestId ? { 'x-request-id': requestId } : undefined), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(bulk ? { events: body } : body),
      signal,
    });
  }

  /** Asks the sandbox's own API; the answer's body is read as JSON. */
  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: any; headers: Headers }> {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(this.sandbox.url + path, { method, body: text });
    const answer = await response.text();
    const { status, headers } = response;
    return { status, headers, body: answer === '' ? undefined : (JSON.parse(answer) as unknown) };
  }
}

/** A sandbox for each test. */
export function useSandbox(options: SandboxOptions = {}): SandboxContext {
  const context = new SandboxContext();
  beforeEach(() => {
    context.time = Date.parse('2026-01-01T00:00:00Z');
    return context.start(options);
  });
  afterEach(() => context.sandbox.close());
  return context;
}
