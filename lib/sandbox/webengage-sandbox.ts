import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, readJson } from './read-json.js';
import { QuotaWindow } from './quota-window.js';
import { SandboxAccount } from './sandbox-account.js';
import type { SandboxEvent } from './sandbox-event.js';
import { InvalidParameters, readBulk, readSingle } from './wire-event.js';

const HOST = '127.0.0.1';
const ROUTE = /^\/v1\/accounts\/([^/?#]+)\/(events|bulk-events)$/;
const BEARER = /^Bearer (.+)$/;

/** How many calls an account may make. */
export interface SandboxQuota {
  /** Calls to `/events` within `interval`. Default: 5,000. */
  single?: number;
  /** Calls to `/bulk-events` within `interval`. Default: 500. */
  bulk?: number;
  /** Milliseconds. Default: 60,000. */
  interval?: number;
}

export interface SandboxOptions {
  /** Default: 0, any free port. */
  port?: number;
  /** The only key that is let in; any other is answered with 401. Default: every key is let in. */
  apiKey?: string;
  /** The only account there is; any other is answered with 404. Default: every account is there. */
  licenseCode?: string;
  quota?: SandboxQuota;
  /** Events that `events()` remembers; the oldest are forgotten first. Default: 10,000. */
  maxEvents?: number;
  /** The time in milliseconds since 1970. Default: the system's. */
  now?: () => number;
}

interface Reply {
  readonly status: number;
  readonly body: { readonly response: { readonly status: 'queued' | 'error'; readonly message?: string } };
  readonly headers?: Record<string, string>;
}

/**
 * A double of WebEngage's events API on loopback: it answers as WebEngage does, and says for each event what WebEngage
 * would silently drop, and why.
 *
 * @example
 * const sandbox = await WebEngageSandbox.start({ port: 0 });
 * // … give sandbox.url to the module as its host, and track …
 * console.log(sandbox.events());
 * await sandbox.close();
 */
export class WebEngageSandbox {
  private readonly accounts = new Map<string, SandboxAccount>();
  private readonly maxEvents: number;
  private ingested: SandboxEvent[] = [];

  private constructor(
    /** What to give to the module as its `host`. */
    readonly url: string,
    private readonly server: Server,
    private readonly options: SandboxOptions,
  ) {
    this.maxEvents = options.maxEvents ?? 10_000;
  }

  /** Starts a sandbox and resolves when it listens. */
  static async start(options: SandboxOptions = {}): Promise<WebEngageSandbox> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, HOST, resolve);
    });
    const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
    const sandbox = new WebEngageSandbox(url, server, { ...options });
    server.on('request', (request, response) => void sandbox.serve(request, response));
    return sandbox;
  }

  /** The events that were ingested, oldest first, each once: re-attempts under a known request id are not among them. */
  events(): SandboxEvent[] {
    return this.ingested.slice(Math.max(0, this.ingested.length - this.maxEvents));
  }

  /** Stops listening and closes every connection. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers } = await this.reply(request);
    response.on('error', () => undefined);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }

  private async reply(request: IncomingMessage): Promise<Reply> {
    try {
      const [, licenseCode, resource] = ROUTE.exec(request.url ?? '') ?? [];
      const account = this.accountOf(licenseCode);
      if (request.method !== 'POST' || account === undefined) return error(404, 'Invalid URL');
      if (!this.isAuthorized(request.headers.authorization)) return error(401, 'Unauthorized');
      const body = await readJson(request);
      return this.take(account, resource === 'bulk-events', request.headers['x-request-id'], body);
    } catch (failure) {
      if (failure instanceof BodyTooLarge) return error(413, 'Payload too large');
      return error(400, failure instanceof InvalidParameters ? failure.message : 'Error: the body must be valid JSON.');
    }
  }

  private take(account: SandboxAccount, bulk: boolean, id: string | string[] | undefined, body: unknown): Reply {
    const receivedAt = this.options.now?.() ?? Date.now();
    const quota = bulk ? account.bulk : account.single;
    const remaining = quota.take(receivedAt);
    const headers = { 'X-RateLimit-Limit': `${quota.limit}`, 'X-RateLimit-Remaining': `${remaining ?? 0}` };
    if (remaining === undefined) return { ...error(429, 'Too many requests'), headers };
    const events = bulk ? readBulk(body) : [readSingle(body)];
    const requestId = typeof id === 'string' && id !== '' ? id : undefined;
    if (requestId === undefined || !account.requestIds.has(requestId, receivedAt)) {
      if (requestId !== undefined) account.requestIds.add(requestId, receivedAt);
      for (const event of events) this.remember(account.ingest(event, { requestId, receivedAt, bulk }));
    }
    return { status: 201, body: { response: { status: 'queued' } }, headers };
  }

  private remember(event: SandboxEvent): void {
    this.ingested.push(event);
    // In batches: forgetting one event at a time would move all the others each time.
    if (this.ingested.length > this.maxEvents * 2) this.ingested = this.events();
  }

  private accountOf(licenseCode: string | undefined): SandboxAccount | undefined {
    const { licenseCode: only, quota: { single = 5_000, bulk = 500, interval = 60_000 } = {} } = this.options;
    if (licenseCode === undefined || (only !== undefined && licenseCode !== only)) return undefined;
    let account = this.accounts.get(licenseCode);
    if (!account) {
      account = new SandboxAccount(licenseCode, new QuotaWindow(single, interval), new QuotaWindow(bulk, interval));
      this.accounts.set(licenseCode, account);
    }
    return account;
  }

  private isAuthorized(authorization: string | undefined): boolean {
    const [, key] = BEARER.exec(authorization ?? '') ?? [];
    return key !== undefined && (this.options.apiKey === undefined || key === this.options.apiKey);
  }
}

function error(status: number, message: string): Reply {
  return { status, body: { response: { message, status: 'error' } } };
}
