import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxState } from '../sandbox-state.js';
import { EventStreamClient } from './event-stream-client.js';

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
    const lastSeen = request.headers['last-event-id'];
    const [instance, revision] = typeof lastSeen === 'string' ? lastSeen.split('-') : [];
    response.writeHead(200, HEADERS);
    // The head alone, so that the page knows at once that it is connected.
    response.flushHeaders();
    const client = new EventStreamClient(response, this.state, this.instance);
    client.start(instance === undefined || instance === this.instance ? Number(revision ?? 0) : undefined);
    return undefined;
  }
}
