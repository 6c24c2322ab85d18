// A process that asks for a path so many times over kept connections; told to over its channel to the parent. It writes
// to bare sockets: at much less work for a request than the server has, it always waits for it, whatever is measured.
import { connect } from 'node:net';

const CONNECTIONS = 8;
const HEADERS_END = '\r\n\r\n';
let sockets = [];

process.on('message', ({ port, path, requests }) => {
  run(port, path, requests).then(
    () => process.send({ done: true }),
    (error) => process.send({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });

async function run(port, path, requests) {
  if (sockets.length === 0)
    sockets = Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1').setNoDelay());
  let left = requests;
  const takeOne = () => left-- > 0;
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  await Promise.all(sockets.map((socket) => askWhile(takeOne, socket, request)));
}

/** Sends the request again and again, each time that the answer to the one before is complete. */
function askWhile(takeOne, socket, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const next = () => {
      if (takeOne()) socket.write(request);
      else leave(resolve);
    };
    const onData = (chunk) => {
      text += chunk.toString('latin1');
      const length = answerLength(text);
      if (length === undefined || text.length < length) return;
      if (!text.startsWith('HTTP/1.1 200')) return leave(() => reject(new Error(text.slice(0, text.indexOf('\r\n')))));
      text = '';
      next();
    };
    const leave = (settle) => {
      socket.off('data', onData).off('error', reject);
      settle();
    };
    socket.on('data', onData).on('error', reject);
    next();
  });
}

function answerLength(text) {
  const end = text.indexOf(HEADERS_END);
  if (end < 0) return undefined;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text) ?? [];
  return end + HEADERS_END.length + Number(length);
}
