import { connect } from 'node:net';
import type { FuzzedRequest } from './requests.js';

/** After so many milliseconds without an end a client that waits half-closes the connection. */
const PATIENCE = 100;
/** A connection that is still open then hangs. */
const BOUND = 20_000;

/** All that came back over a connection until it was closed. */
export interface Exchange {
  readonly received: Buffer;
  readonly hung: boolean;
}

export function exchange(port: number, { bytes, ending }: FuzzedRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const end = (hung: boolean): void => {
      clearTimeout(bound);
      clearTimeout(patience);
      socket.destroy();
      resolve({ received: Buffer.concat(chunks), hung });
    };
    const bound = setTimeout(() => end(true), BOUND);
    const patience = setTimeout(() => socket.end(), ending === 'wait' ? PATIENCE : 0);
    clearTimeout(ending === 'wait' ? undefined : patience);
    socket.on('data', (chunk) => chunks.push(chunk));
    // The server has closed its side, or reset the connection.
    socket
      .on('end', () => end(false))
      .on('error', () => undefined)
      .on('close', () => end(false));
    socket.write(bytes, () => {
      if (ending === 'half-close') socket.end();
      if (ending === 'leave') end(false);
    });
  });
}
