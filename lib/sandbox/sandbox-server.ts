import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isLoopback } from '../configuration/loopback.js';
import type { ControlApi } from './control-api/control-api.js';
import { servePage } from './page/page-files.js';
import type { WebEngageApi } from './webengage-api/webengage-api.js';
import { answerClientError } from './http/client-error.js';
import { isForeignPage, refusalOfBrowser } from './http/guard.js';
import { ClientLeft } from './http/read-body.js';
import { sendReply, webEngageError } from './http/reply.js';

const MAX_CONNECTIONS = 2_000;
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** Listens, and leads each request to the part that answers it. */
export class SandboxServer {
  readonly #server: Server;
  private closing: Promise<void> | undefined;
  /** How many answers are under way on a connection: requests may come one behind the other. */
  readonly #answering = new WeakMap<Socket, number>();

  constructor(
    private readonly webEngageApi: WebEngageApi,
    private readonly controlApi: ControlApi,
  ) {
    // Without a Host header Node would answer by itself, and not in JSON.
    this.#server = createServer(
      { requireHostHeader: false },
      (request, response) => void this.serve(request, response),
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('clientError', (error, socket: Socket) => {
      answerClientError(error, socket, this.answersOn(socket) > 0);
    });
    this.#server.on('checkExpectation', (_request, response: ServerResponse) => {
      sendReply(response, webEngageError(417, 'Expectation failed', { Connection: 'close' }));
    });
    this.#server.on('upgrade', (_request, socket: Socket) => socket.destroy());
  }

  /** Resolves when it listens; rejects when the port is taken, or the address is none of this machine's. */
  async listen(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    // What goes wrong with one connection must not end the process.
    this.#server.on('error', () => undefined);
  }

  /** The address to reach it at from this machine. */
  get url(): string {
    const { address, port } = this.address;
    return `http://${EVERY_ADDRESS.has(address) ? '127.0.0.1' : this.hostname}:${port}`;
  }

  /** Whether nobody but this machine can reach it. */
  get isOnLoopback(): boolean {
    return isLoopback(this.hostname);
  }

  /** Stops listening and closes every connection. */
  close(): Promise<void> {
    this.closing ??= new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.closing;
  }

  /** Its own address, as URLs write it. */
  private get hostname(): string {
    const { address, family } = this.address;
    return family === 'IPv6' ? `[${address}]` : address;
  }

  private get address(): AddressInfo {
    return this.#server.address() as AddressInfo;
  }

  private answersOn(socket: Socket): number {
    return this.#answering.get(socket) ?? 0;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    this.#answering.set(socket, this.answersOn(socket) + 1);
    response.on('error', () => undefined).on('close', () => this.#answering.set(socket, this.answersOn(socket) - 1));
    try {
      await this.lead(request, response);
    } catch (error) {
      if (error instanceof ClientLeft || response.headersSent) response.destroy();
      else sendReply(response, webEngageError(500, 'The sandbox failed', { Connection: 'close' }));
    }
  }

  private async lead(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const path = url.split('?', 1)[0] ?? '';
    const isControl = path.startsWith('/api/');
    if (method === 'POST' && !isControl) return this.answerCall(request, response);
    const refusal = refusalOfBrowser(request, this.isOnLoopback);
    if (refusal !== undefined) return sendReply(response, { status: 403, body: { message: refusal } });
    if (isControl) return this.controlApi.serve(request, response);
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || !servePage(path, response)) sendReply(response, webEngageError(404, 'Invalid URL'));
  }

  private async answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isForeignPage(request)) {
      return sendReply(response, { status: 403, body: { message: 'The sandbox takes no events of other pages' } });
    }
    const ending = await this.webEngageApi.answer(request, response);
    if (ending === 'hang') return;
    if (ending === 'reset') return void request.socket.resetAndDestroy();
    sendReply(response, ending);
  }
}
