// Posts events one by one over kept connections. It writes to bare sockets: it has less work with a call than the sandbox.
import { connect } from 'node:net';
import { exampleEvent } from './example-event.mjs';

const CONNECTIONS = 16;
const TIMEOUT = 20_000;
const HEADERS_END = '\r\n\r\n';

/** Posts the example events of these numbers, each as soon as a connection is free; rejects at the first refusal. */
export async function postEvents(url, { events }) {
  const { hostname, port, host } = new URL(url);
  let next = 0;
  const takeOne = () => (next < events ? callOf(host, next++) : undefined);
  const connections = Array.from({ length: CONNECTIONS }, () => connect(Number(port), hostname).setNoDelay());
  await Promise.all(connections.map((socket) => postWhile(takeOne, socket)));
}

function callOf(host, number) {
  const body = JSON.stringify(exampleEvent(number));
  const requestId = number.toString(16).padStart(32, '0');
  return (
    `POST /v1/accounts/license-code/events HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer key\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nx-request-id: ${requestId}\r\n\r\n${body}`
  );
}

/** Sends call after call, each when the answer to the one before is complete. */
function postWhile(takeOne, socket) {
  return new Promise((resolve, reject) => {
    let text = '';
    const leave = (settle) => {
      socket.destroy();
      settle();
    };
    const next = () => {
      const call = takeOne();
      if (call === undefined) leave(resolve);
      else socket.write(call);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.includes(HEADERS_END) || text.length < answerLength(text)) return;
      if (!text.startsWith('HTTP/1.1 201')) return leave(() => reject(new Error(text)));
      text = '';
      next();
    });
    socket.on('error', reject);
    socket.setTimeout(TIMEOUT, () => leave(() => reject(new Error('the sandbox does not answer'))));
    next();
  });
}

/** How long an answer is, in its own framing: a length, or chunks of which the last is empty. */
function answerLength(text) {
  const start = text.indexOf(HEADERS_END) + HEADERS_END.length;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text) ?? [];
  if (length !== undefined) return start + Number(length);
  return text.endsWith('0\r\n\r\n') ? text.length : Infinity;
}
