import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach } from '@jest/globals';
import type { BackgroundDelivery, EventsService, WebEngageModuleOptions } from 'nestjs-webengage';
import { startTracking, type TrackingContext } from './tracking-context.js';

/** One call as it arrived, its events read. */
export interface ReceivedCall {
  readonly isBulk: boolean;
  readonly requestId: string;
  readonly body: string;
  readonly events: readonly ReceivedEvent[];
}

export interface ReceivedEvent {
  readonly eventName: string;
  readonly userId?: string;
  readonly eventData?: Readonly<Record<string, unknown>>;
}

/**
 * What a call is answered with: a status, or
 * - `hang`: nothing until the client leaves;
 * - `reset`: the connection is reset.
 */
export type Reply =
  'hang' | 'reset' | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export const QUEUED: Reply = { status: 201, body: '{"response":{"status":"queued"}}' };
export const BAD_REQUEST: Reply = { status: 400, body: '{"response":{"message":"Error: bad","status":"error"}}' };

/** Stands in WebEngage's place and answers each call as the test says, by what is in it. */
export class AnsweringServer {
  readonly calls: ReceivedCall[] = [];
  /** The events of the calls that were answered with a 2xx. */
  readonly ingested: ReceivedEvent[] = [];
  /** How many connections were open at one time, and how many were opened at all. */
  readonly connections = { most: 0, total: 0 };
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** Chooses the reply to a call; by default every call is queued. */
  reply: (call: ReceivedCall) => Reply | Promise<Reply> = () => QUEUED;

  static async start(): Promise<AnsweringServer> {
    const server = createServer();
    const answering = new AnsweringServer(server);
    server.on('request', (request, response) => void answering.serve(request, response));
    server.on('connection', (socket: Socket) => answering.count(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return answering;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Replies in this order; past its end every call is queued. */
  next(...replies: Reply[]): void {
    this.reply = () => replies.shift() ?? QUEUED;
  }

  /** Resolves when so many calls have arrived. */
  async received(calls: number): Promise<void> {
    while (this.calls.length < calls) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private count(socket: Socket): void {
    this.sockets.add(socket);
    this.connections.total++;
    this.connections.most = Math.max(this.connections.most, this.sockets.size);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const isBulk = request.url?.endsWith('/bulk-events') ?? false;
    const parsed: unknown = JSON.parse(body);
    const events = isBulk ? (parsed as { events: ReceivedEvent[] }).events : [parsed as ReceivedEvent];
    const call = { isBulk, requestId: String(request.headers['x-request-id']), body, events };
    this.calls.push(call);
    const reply = await this.reply(call);
    if (reply === 'hang') return;
    if (reply === 'reset') return void request.socket.resetAndDestroy();
    if (reply.status >= 200 && reply.status < 300) this.ingested.push(...events);
    response.writeHead(reply.status, reply.headers).end(reply.body ?? '');
  }
}

/** What each test of a spec file finds ready: a server, and the way to track. */
export interface BackgroundTracking {
  server: AnsweringServer;
  /** What `start()` started last. */
  tracking: TrackingContext;
  /** Starts an application with background delivery and quick re-attempts. */
  start(delivery?: Partial<BackgroundDelivery>, options?: Partial<WebEngageModuleOptions>): Promise<EventsService>;
}

/** Called once in a describe block; everything is new for each test, and closed after it. */
export function useBackgroundTracking(): BackgroundTracking {
  const started: TrackingContext[] = [];
  const background = {
    get tracking() {
      const last = started.at(-1);
      if (!last) throw new Error('start() was not called');
      return last;
    },
    async start(delivery = {}, options = {}) {
      const host = background.server.url;
      const retry = { minDelay: 5, maxDelay: 20 };
      const given = {
        host,
        retry,
        ...options,
        delivery: { mode: 'background' as const, shutdownTimeout: 200, ...delivery },
      };
      started.push(await startTracking(given));
      return background.tracking.events;
    },
  } as BackgroundTracking;

  beforeEach(async () => {
    background.server = await AnsweringServer.start();
  });

  afterEach(async () => {
    for (const { app } of started.splice(0)) await app.close();
    await background.server.close();
  });

  return background;
}
