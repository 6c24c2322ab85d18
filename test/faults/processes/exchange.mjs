import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** One call in the hands of the faulty host. */
export class Exchange {
  #request;
  #response;
  #body = Buffer.alloc(0);

  constructor(request, response) {
    this.#request = request;
    this.#response = response;
    // A client that has left does not matter here.
    response.on('error', () => undefined);
  }

  async readBody() {
    this.#body = await readAll(this.#request);
  }

  /** The `Authorization` as it came. */
  get authorization() {
    return this.#request.headers.authorization ?? '';
  }

  /** Which of WebEngage's quotas it counts towards. */
  get kind() {
    return this.#request.url.endsWith('/bulk-events') ? 'bulk' : 'single';
  }

  /** Lets the target have the call; its answer does not reach the client yet. */
  forward(target, { authorization = this.authorization } = {}) {
    const { method, url, headers } = this.#request;
    const options = { method, agent, headers: { ...headers, authorization } };
    return new Promise((resolve, reject) => {
      request(target + url, options, (answer) => resolve(readAnswer(answer)))
        .on('error', reject)
        .end(this.#body);
    });
  }

  answer({ status, headers, text }) {
    this.#response.writeHead(status, headers).end(text);
  }

  refuse(status, message, headers = {}) {
    const text = JSON.stringify({ response: { status: 'error', message } });
    this.answer({ status, headers: { 'content-type': 'application/json', ...headers }, text });
  }

  reset() {
    this.#request.socket.resetAndDestroy();
  }
}

async function readAnswer(answer) {
  const kept = Object.entries(answer.headers).filter(
    ([name]) => name.startsWith('x-ratelimit') || name === 'content-type',
  );
  return { status: answer.statusCode, headers: Object.fromEntries(kept), text: await readAll(answer) };
}

async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
