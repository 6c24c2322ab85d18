import { fork } from 'node:child_process';

const running = new Set();

/** One process of a scenario: what it tells, what it writes, and how it ends. */
export class ChildProcess {
  /** All that it wrote. */
  output = '';
  #lines = '';
  #child;
  #told = new Map();
  #ended;
  /** Set once it has ended: no message comes any more. */
  #silence;

  /** `script` is a file in processes/, `orders` its argument. It is killed when it has lived for `limit` milliseconds. */
  constructor(script, orders, { limit, nodeOptions = [] }) {
    this.#child = fork(new URL(`../processes/${script}`, import.meta.url), [JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: nodeOptions,
      env: environment(),
    });
    running.add(this.#child);
    this.#child.stdout.setEncoding('utf8').on('data', (text) => {
      this.#lines += text;
      this.output += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => (this.output += text));
    this.#child.on('message', (message) => this.#messages(message.kind).resolve({ ...message, at: Date.now() }));
    this.#ended = this.#untilEnd(setTimeout(() => this.#child.kill('SIGKILL'), limit));
  }

  /** The first message of that kind, and when it came. Rejects if the process ends without it. */
  told(kind) {
    return this.#messages(kind).promise;
  }

  /** What it wrote last, apart from errors. */
  get lastLine() {
    return this.#lines.trimEnd().split('\n').at(-1);
  }

  send(message) {
    this.#child.send(message);
  }

  signal(name) {
    this.#child.kill(name);
  }

  /** Resolves when it has ended. */
  get ended() {
    return this.#ended;
  }

  #messages(kind) {
    let message = this.#told.get(kind);
    if (!message) {
      message = {};
      message.promise = new Promise((resolve, reject) => Object.assign(message, { resolve, reject }));
      // Not every message is waited for.
      message.promise.catch(() => undefined);
      if (this.#silence) message.reject(this.#silence);
      this.#told.set(kind, message);
    }
    return message;
  }

  async #untilEnd(timer) {
    // Both: the last messages and the last lines may come after the exit.
    const [end] = await Promise.all([
      new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve({ code, signal, at: Date.now() }))),
      new Promise((resolve) => this.#child.once('close', resolve)),
      new Promise((resolve) => this.#child.once('disconnect', resolve)),
    ]);
    clearTimeout(timer);
    running.delete(this.#child);
    this.#silence = new Error(`The process ended early (${end.code ?? end.signal}):\n${this.output.slice(-4_000)}`);
    for (const { reject } of this.#told.values()) reject(this.#silence);
    return end;
  }
}

/** Kills every process that still runs. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL');
}

/** What the developer's own account must not decide. Colours would only hide words in the output. */
function environment() {
  const env = { ...process.env, NO_COLOR: '1' };
  for (const name of Object.keys(env)) {
    if (/^(FORCE_COLOR|NODE_ENV|NODE_OPTIONS|NODE_PATH|WEBENGAGE_.*)$/.test(name)) delete env[name];
  }
  return env;
}
