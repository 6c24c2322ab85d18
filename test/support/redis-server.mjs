// Redis as a process of its own, on a port and in a directory of its own.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE = 20_000;

/** Whether there is a redis-server to start. */
export function hasRedisServer() {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts one. `appendfsync`: what is on disk when a command is answered; without it nothing is. */
export async function startRedis({ appendfsync, settings = [] } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const persistence = appendfsync ? ['--appendonly', 'yes', '--appendfsync', appendfsync] : ['--appendonly', 'no'];
  let child;

  const start = async () => {
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
    child = spawn('redis-server', [...where, ...persistence, ...settings], { stdio: 'ignore' });
    await answers(port);
  };
  const end = (signal) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });

  await start();
  return {
    port,
    directory,
    url: `redis://127.0.0.1:${port}`,
    /** Ends it as a power failure would. */
    kill: () => end('SIGKILL'),
    /** Starts it again, with what it has on disk. */
    start,
    /** Makes it take commands without answering, until it goes on. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT');
      await end('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when it answers a PING, which it does once it has read what is on disk. */
async function answers(port) {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    if (await ping(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`redis-server did not answer within ${PATIENCE} ms`);
}

function ping(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => end(String(data).startsWith('+PONG')));
    socket.once('error', () => end(false));
  });
}
