import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it arrived: nothing of it is interpreted. */
export interface RecordedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const QUEUED = JSON.stringify({ response: { status: 'queued' } });

/** Stands in WebEngage's place, takes whatever comes for queued, and keeps each call's raw bytes. */
export class WireRecorder {
  readonly requests: RecordedRequest[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WireRecorder> {
    const server = createServer();
    const recorder = new WireRecorder(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        recorder.requests.push({ method, path, headers, body: Buffer.concat(chunks) });
        response.writeHead(201, { 'content-type': 'application/json' }).end(QUEUED);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The last call; throws if there was none. */
  get last(): RecordedRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error('Nothing has arrived');
    return request;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
