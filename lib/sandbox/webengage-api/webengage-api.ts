import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxAccount } from '../account/sandbox-account.js';
import { InvalidParameters, readBulk, readSingle, type WireEvent } from '../arrivals/wire-event.js';
import type { FaultEnding } from '../faults/fault-board.js';
import { type BodyBudget, ClientLeft, type JsonBody, readJson } from '../http/read-body.js';
import { type Reply, webEngageError } from '../http/reply.js';
import { stayOpen } from '../http/stay-open.js';
import type { SandboxState } from '../sandbox-state.js';
import { CallBook } from './call-book.js';
import { type Decision, refuse, refuseBody, refuseParameters } from './decision.js';
import { type IncomingCall, readHead } from './incoming-call.js';
import type { KeyCheck } from './key-check.js';

/** 25 events of 1 MiB, and what holds them together. */
const MAX_BODY_BYTES = 32 * 1_048_576;
const QUEUED = { response: { status: 'queued' } };

/** How a call ends: with a reply, or without one. */
export type CallEnding = Reply | 'hang' | 'reset';

/** The double of WebEngage's events API: answers as it does, and remembers what it would do behind its answer. */
export class WebEngageApi {
  private readonly book: CallBook;

  constructor(
    private readonly state: SandboxState,
    private readonly key: KeyCheck,
    private readonly budget: BodyBudget,
  ) {
    this.book = new CallBook(state);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<CallEnding> {
    const { faults, clock } = this.state;
    const receivedAt = clock.now();
    const { latency, delayedBy, ending } = faults.next(receivedAt);
    const { authorization } = request.headers;
    const head = { ...readHead(request), receivedAt, delayedBy, authorization };
    if (latency > 0 && !(await stayOpen(response, latency))) {
      this.book.enterLeft(head);
      throw new ClientLeft();
    }
    const call: IncomingCall = { ...head, body: await this.readBody(request) };
    return ending && ending.reset !== 'after ingestion' ? this.spoil(call, ending) : this.take(call, ending);
  }

  /** Takes in an event that no call brought. */
  seed(licenseCode: string, given: unknown): void {
    const { userId, anonymousId, eventName, eventTime, eventData } = readSingle(given);
    const event = { userId, anonymousId, eventName, eventTime, eventData };
    const receivedAt = this.state.clock.now();
    const head = { licenseCode, bulk: false, requestId: undefined, target: 'seed', authorization: undefined };
    const body = { value: event, bytes: Buffer.byteLength(JSON.stringify(event)) };
    const takenIn = { account: this.state.accounts.use(licenseCode), events: [event] };
    this.book.enter({ ...head, receivedAt, body }, { reply: { status: 201 }, outcome: 'ingested', takenIn });
  }

  private async readBody(request: IncomingMessage): Promise<JsonBody | Error> {
    try {
      return await readJson(request, MAX_BODY_BYTES, this.budget);
    } catch (error) {
      if (error instanceof ClientLeft) throw error;
      return error as Error;
    }
  }

  /** Ends a call as a fault says, without taking it in. */
  private spoil(call: IncomingCall, fault: FaultEnding): CallEnding {
    this.book.enterSpoilt(call, fault);
    const { status, message, retryAfter, hang } = fault;
    if (status === undefined) return hang ? 'hang' : 'reset';
    const headers = retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) };
    return webEngageError(status, message, headers);
  }

  private take(call: IncomingCall, lostAnswer: FaultEnding | undefined): CallEnding {
    const decision = this.decide(call);
    this.book.enter(call, decision, lostAnswer?.description);
    return lostAnswer ? 'reset' : decision.reply;
  }

  private decide(call: IncomingCall): Decision {
    const { licenseCode, bulk, receivedAt, body, authorization, target } = call;
    if (licenseCode === undefined || !this.state.accounts.has(licenseCode)) {
      return refuse({ status: 404, message: 'Invalid URL', detail: target });
    }
    if (!this.key.lets(authorization)) return refuse({ status: 401, message: 'Unauthorized' });
    if (body instanceof Error) return refuseBody(body);
    const account = this.state.accounts.use(licenseCode);
    const quota = bulk ? account.bulk : account.single;
    const remaining = quota.take(receivedAt);
    const headers = { 'X-RateLimit-Limit': `${quota.limit}`, 'X-RateLimit-Remaining': `${remaining ?? 0}` };
    if (remaining === undefined) return refuse({ status: 429, message: 'Too many requests' }, headers);
    try {
      const events = bulk ? readBulk(body.value) : [readSingle(body.value)];
      return this.queue(call, account, events, headers);
    } catch (error) {
      if (error instanceof InvalidParameters) return refuseParameters(error, headers);
      throw error;
    }
  }

  private queue(
    { requestId, receivedAt }: IncomingCall,
    account: SandboxAccount,
    events: readonly WireEvent[],
    headers: Reply['headers'],
  ): Decision {
    const reply = { status: 201, body: QUEUED, headers };
    if (requestId !== undefined) {
      if (account.recognises(requestId, receivedAt)) return { reply, outcome: 'recognised' };
      account.remember(requestId, receivedAt);
    }
    return { reply, outcome: 'ingested', takenIn: { account, events } };
  }
}
