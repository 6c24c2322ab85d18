import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one call instead of its simply passing through:
 * - an answer of its own, without the call reaching the target;
 * - `reset`: the connection is reset before the target sees the call;
 * - `ingest then reset`: the target takes the call in, and its answer is lost;
 * - `hang`: nothing happens until the client leaves.
 */
export type Fault =
  | 'pass'
  | 'reset'
  | 'ingest then reset'
  | 'hang'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** One call as the proxy saw it. */
export interface SeenCall {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

/** Stands between the library and the sandbox and spoils calls as a script says; past its end every call passes. */
export class FaultyProxy {
  readonly calls: SeenCall[] = [];
  private script: Fault[] = [];
  private port = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async start(target: string, ...script: Fault[]): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, target);
    proxy.script = script;
    server.on('request', (request, response) => void proxy.serve(request, response));
    await proxy.open();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get requestIds(): (string | string[] | undefined)[] {
    return this.calls.map(({ headers }) => headers['x-request-id']);
  }

  /** Replaces what is left of the script. */
  next(...script: Fault[]): void {
    this.script = script;
  }

  /** Listens; after a `close()` under the same address as before. */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method, url: path, headers } = request;
    this.calls.push({ method, path, headers, body, at: Date.now() });
    const fault = this.script.shift() ?? 'pass';
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    if (typeof fault === 'object') {
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    }
    const answer = await fetch(this.target + path, { method, body, headers: forwarded(headers) });
    const answerBody = await answer.text();
    if (fault === 'ingest then reset') return void request.socket.resetAndDestroy();
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answerBody);
  }
}

function forwarded({ authorization, 'content-type': contentType, 'x-request-id': id }: IncomingMessage['headers']) {
  return {
    authorization: authorization ?? '',
    'content-type': contentType ?? '',
    ...(typeof id === 'string' ? { 'x-request-id': id } : undefined),
  };
}
