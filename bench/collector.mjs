// A process that stands in for every vendor's API: it answers what each SDK expects, counts sockets, and keeps the bodies, so
// that reading them costs nothing while something is measured. Its parent gives the orders over their channel.
import { createServer } from 'node:http';
import { answerFor } from './support/answers.mjs';
import { CONTROL } from './support/collector-control.mjs';
import { countEvents } from './support/received-events.mjs';

const KEEP_ALIVE = 600_000;
const SOCKETS_GONE_WITHIN = 5_000;

let latency = 0;
let holds = false;
let calls = [];
let held = [];
let maxSockets = 0;
const sockets = new Set();

const server = createServer({ keepAliveTimeout: KEEP_ALIVE, requestTimeout: 0 }, (request, response) => {
  if (request.url.startsWith(CONTROL)) return control(request.url.slice(CONTROL.length), response);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    calls.push({ url: request.url, encoding: request.headers['content-encoding'], chunks });
    const { status, headers, body } = answerFor(request.url);
    const answer = () => response.writeHead(status, headers).end(body);
    if (holds) held.push(answer);
    else if (latency === 0) answer();
    else setTimeout(answer, latency);
  });
});
server.on('connection', (socket) => {
  sockets.add(socket);
  maxSockets = Math.max(maxSockets, sockets.size);
  socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
});

const orders = {
  async reset(settings) {
    await socketsGone();
    ({ latency } = settings);
    holds = false;
    held = [];
    calls = [];
    maxSockets = 0;
  },
  received: () => ({ ...countEvents(calls), calls: calls.length, maxSockets }),
};

process.on('message', async ({ id, order, settings }) => {
  process.send({ id, answer: await orders[order](settings) });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

/** A process under measurement asks over HTTP that answers be held back or be given. */
function control(order, response) {
  holds = order === 'hold';
  if (!holds) for (const answer of held.splice(0)) answer();
  response.end();
}

/** The sockets of a process that ended are gone soon, but not at once. */
async function socketsGone() {
  const deadline = Date.now() + SOCKETS_GONE_WITHIN;
  while (sockets.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const socket of sockets) socket.destroy();
}
