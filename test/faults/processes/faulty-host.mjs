import { createServer } from 'node:http';
import { Exchange } from './exchange.mjs';
import { FaultPlan } from './fault-plan.mjs';
import { faults } from './faults.mjs';
import { SlidingQuota } from './sliding-quota.mjs';

/** Stands before the sandbox, spoils calls as the plan says, and notes each call that comes. */
export class FaultyHost {
  /** When each call came (`performance.now()`), and the sandbox's status; 0 for a call that it never saw. */
  calls = [];
  #server = createServer();
  #target;
  #plan;
  #slidingQuota;
  #closedPort;
  #port = 0;

  /**
   * The fault `close port` is the host's own: between `from` and `until` nobody listens. It meets every call. So does
   * `slidingQuota`, if there is one.
   */
  static async start(target, planned, seed, slidingQuota) {
    const host = new FaultyHost();
    host.#target = target;
    host.#slidingQuota = slidingQuota && new SlidingQuota(slidingQuota);
    host.#closedPort = planned.find(({ kind }) => kind === 'close port');
    host.#plan = new FaultPlan(
      planned.filter(({ kind }) => kind !== 'close port'),
      seed,
    );
    host.#server.on('request', (request, response) => void host.#serve(request, response));
    await host.#listen();
    return host;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async #serve(request, response) {
    const call = { at: performance.now(), status: 0 };
    if (this.calls.push(call) === 1 && this.#closedPort) this.#scheduleClosedPort(this.#closedPort);
    const exchange = new Exchange(request, response);
    try {
      await exchange.readBody();
      if (this.#isBeyondQuota(call, exchange)) return;
      const fault = this.#plan.next(call.at);
      await faults[fault.kind](exchange, (changes) => this.#forward(call, exchange, changes), fault);
    } catch {
      // The client left before its call was complete.
    }
  }

  #isBeyondQuota(call, exchange) {
    if (this.#slidingQuota?.take(exchange.kind, call.at) ?? true) return false;
    call.status = 429;
    exchange.refuse(429, 'Too many requests');
    return true;
  }

  async #forward(call, exchange, changes) {
    const answer = await exchange.forward(this.#target, changes);
    call.status = answer.status;
    return answer;
  }

  #scheduleClosedPort({ from, until }) {
    setTimeout(() => {
      this.#server.close();
      this.#server.closeAllConnections();
    }, from);
    setTimeout(() => void this.#listen(), until);
  }

  async #listen() {
    await new Promise((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port;
  }
}
