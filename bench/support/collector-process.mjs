import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../collector.mjs', import.meta.url));

/**
 * @typedef {object} Collector
 * @property {string} origin where it listens
 * @property {string} deadOrigin where nothing listens
 * @property {(settings: { latency: number }) => Promise<void>} reset forgets what it received
 * @property {() => Promise<{ arrived: number, duplicates: number, calls: number, maxSockets: number }>} received
 * @property {() => void} stop
 */

/** @returns {Promise<Collector>} */
export async function startCollector() {
  const child = fork(program);
  const [{ port }] = await once(child, 'message');
  const waiting = new Map();
  let id = 0;
  child.on('message', (message) => {
    waiting.get(message.id)(message.answer);
    waiting.delete(message.id);
  });
  const ask = (order, settings) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      child.send({ id, order, settings });
    });
  return {
    origin: `http://127.0.0.1:${port}`,
    deadOrigin: `http://127.0.0.1:${await freePort()}`,
    reset: (settings) => ask('reset', settings),
    received: () => ask('received'),
    stop: () => child.disconnect(),
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
