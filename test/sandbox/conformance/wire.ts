// Plain fetch, and nothing of the library: what is written here would do for a sandbox in any language.

export const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
export const QUEUED = { response: { status: 'queued' } };
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A String is sent as it is, all else as JSON. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An event as `GET /api/events` lists it. */
export interface Listed {
  readonly verdict: string;
  readonly attemptCount: number;
  readonly types: Readonly<Record<string, string>>;
  readonly findings: readonly { readonly path: string; readonly rule: string }[];
}

/** The two sides of a sandbox: the one that WebEngage has, and the one that says what became of an event. */
export class Wire {
  constructor(private readonly url: string) {}

  /** A good call, but for what is given. */
  async send({ method = 'POST', path = '/v1/accounts/~abc/events', headers, body = EVENT }: Sent): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: 'Bearer right-key', 'Content-Type': 'application/json', ...headers },
      body: ['GET', 'HEAD'].includes(method) ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  sendBulk(events: unknown, sent: Sent = {}): Promise<Answer> {
    return this.send({ path: '/v1/accounts/~abc/bulk-events', body: { events }, ...sent });
  }

  async listed(): Promise<readonly Listed[]> {
    const { body } = await this.send({ method: 'GET', path: '/api/events' });
    return (body as { events: Listed[] }).events;
  }

  /** What became of the last event that came in. */
  async fate(): Promise<{ verdict: string | undefined; drops: string[] }> {
    const last = (await this.listed()).at(-1);
    return { verdict: last?.verdict, drops: (last?.findings ?? []).map(({ path, rule }) => `${path}: ${rule}`) };
  }

  async setClock(now: string): Promise<void> {
    await this.send({ method: 'PUT', path: '/api/clock', body: { now } });
  }

  async advance(milliseconds: number): Promise<void> {
    await this.send({ path: '/api/clock/advance', body: { milliseconds } });
  }

  async reset(): Promise<void> {
    await this.send({ method: 'DELETE', path: '/api/state' });
  }
}
