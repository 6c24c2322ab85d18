import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxState } from '../sandbox-state.js';
import { EventStreamClient } from './event-stream-client.js';

/** Milliseconds after which a browser asks again where the connection was lost. */
const RECONNECT_AFTER = 1_000;
const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'keep-alive',
};

/** Tells the page of everything that comes in, as server-sent events. */
export class EventStream {
  /** A client that reconnects to another process must not take up where it left. */
  private readonly instance = randomBytes(8).toString('hex');

  constructor(private readonly state: SandboxState) {}

  open(request: IncomingMessage, response: ServerResponse): undefined {
    response.writeHead(200, HEADERS);
    if (request.method === 'HEAD') return void response.end();
    response.write(`retry: ${RECONNECT_AFTER}\n\n`);
    const lastSeen = request.headers['last-event-id'];
    const since = typeof lastSeen === 'string' ? this.revisionOf(lastSeen) : undefined;
    new EventStreamClient(response, this.state, this.instance).start(since);
  }

  /** The revision up to which a client knows everything; undefined if it is to begin anew. */
  private revisionOf(lastSeen: string): number | undefined {
    const [instance, revision] = lastSeen.split('-');
    const isCurrent = instance === this.instance && Number(revision) >= this.state.arrivals.clearedAt;
    return isCurrent ? Number(revision) : undefined;
  }
}
