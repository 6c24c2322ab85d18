import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxAccount } from '../account/sandbox-account.js';
import type { SandboxAttempt } from '../arrivals/sandbox-arrival.js';
import type { FaultEnding } from '../faults/sandbox-faults.js';
import type { SandboxState } from '../sandbox-state.js';
import {
  type BodyBudget,
  BodyTooLarge,
  ClientLeft,
  InvalidJson,
  type JsonBody,
  readJson,
  TooBusy,
} from '../http/read-body.js';
import { type Reply, webEngageError } from '../http/reply.js';
import { stayOpen } from '../http/stay-open.js';
import { type IncomingCall, looseEvents, readHead } from './incoming-call.js';
import type { KeyCheck } from './key-check.js';
import { noAnswerFinding, refusalFinding } from './refusal.js';
import { InvalidParameters, readBulk, readSingle, type WireEvent } from '../arrivals/wire-event.js';

/** 25 events of 1 MiB, and what holds them together. */
const MAX_BODY_BYTES = 32 * 1_048_576;
const QUEUED = { response: { status: 'queued' } };

/** How a call ends: with a reply, or without one. */
export type CallEnding = Reply | 'hang' | 'reset';

/** What a call comes to, before a fault may take its answer away. */
interface Decision {
  readonly reply: Reply;
  readonly outcome: SandboxAttempt['outcome'];
  /** Why it was refused. */
  readonly message?: string;
  readonly takenIn?: { readonly account: SandboxAccount; readonly events: readonly WireEvent[] };
}

/** The double of WebEngage's events API: answers as it does, and remembers what it would do behind its answer. */
export class WebEngageApi {
  constructor(
    private readonly state: SandboxState,
    private readonly key: KeyCheck,
    private readonly budget: BodyBudget,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<CallEnding> {
    const { faults, clock } = this.state;
    const { latency, ending } = faults.next(clock.now());
    if (latency > 0 && !(await stayOpen(response, latency))) throw new ClientLeft();
    const body = await this.readBody(request);
    const { authorization } = request.headers;
    const call: IncomingCall = { ...readHead(request), receivedAt: clock.now(), authorization, body };
    return ending && ending.reset !== 'after ingestion' ? this.spoil(call, ending) : this.take(call, ending);
  }

  /** Takes in an event that no call brought. */
  seed(licenseCode: string, event: unknown): void {
    const account = this.state.accounts.use(licenseCode);
    const receivedAt = this.state.clock.now();
    const call = { licenseCode, bulk: false, requestId: undefined, target: 'seed', authorization: undefined };
    const body = { value: event, bytes: Buffer.byteLength(JSON.stringify(event)) };
    const takenIn = { account, events: [readSingle(event)] };
    this.record({ ...call, receivedAt, body }, { reply: { status: 201 }, outcome: 'ingested', takenIn });
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
  private spoil(call: IncomingCall, { status, message, retryAfter, hang, description }: FaultEnding): CallEnding {
    if (status === undefined) {
      this.recordRefusal(call, { outcome: 'no answer', fault: description });
      return hang ? 'hang' : 'reset';
    }
    const said = message ?? 'A fault of the sandbox';
    this.recordRefusal(call, { outcome: 'refused', status, message: said, fault: description });
    return webEngageError(status, said, retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) });
  }

  private take(call: IncomingCall, lostAnswer: FaultEnding | undefined): CallEnding {
    const decision = this.decide(call);
    this.record(call, decision, lostAnswer?.description);
    return lostAnswer ? 'reset' : decision.reply;
  }

  private decide(call: IncomingCall): Decision {
    const { licenseCode, bulk, receivedAt, body, authorization } = call;
    if (licenseCode === undefined || !this.state.accounts.has(licenseCode)) return refuse(404, 'Invalid URL');
    if (!this.key.lets(authorization)) return refuse(401, 'Unauthorized');
    if (body instanceof Error) return refuseBody(body);
    const account = this.state.accounts.use(licenseCode);
    const quota = bulk ? account.bulk : account.single;
    const remaining = quota.take(receivedAt);
    const headers = { 'X-RateLimit-Limit': `${quota.limit}`, 'X-RateLimit-Remaining': `${remaining ?? 0}` };
    if (remaining === undefined) return refuse(429, 'Too many requests', headers);
    try {
      const events = bulk ? readBulk(body.value) : [readSingle(body.value)];
      return this.queue(call, account, events, headers);
    } catch (error) {
      if (error instanceof InvalidParameters) return refuse(400, error.message, headers);
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

  private record(call: IncomingCall, { reply, outcome, message, takenIn }: Decision, fault?: string): void {
    // A lost answer has no status for the client.
    const status = fault === undefined ? reply.status : undefined;
    if (outcome === 'refused') {
      const seen = fault === undefined ? outcome : 'no answer';
      return this.recordRefusal(call, { outcome: seen, status, message, fault });
    }
    const { receivedAt, licenseCode = '', bulk, requestId } = call;
    if (!takenIn) return this.state.record({ ...arriving(call), attempt: { receivedAt, outcome, status, fault } });
    this.state.record({
      ...arriving(call),
      attempt: { receivedAt, outcome, status, fault },
      ingest: (id, index) => {
        const event = takenIn.events[index];
        const judgement = this.state.judge(takenIn.account, event, receivedAt);
        const { userId, anonymousId, eventName, eventTime, eventData = {} } = event;
        const fields = { userId, anonymousId, eventName, eventTime, eventData };
        return { id, requestId, receivedAt, licenseCode, bulk, ...fields, ...judgement };
      },
    });
  }

  private recordRefusal(call: IncomingCall, attempt: Omit<SandboxAttempt, 'receivedAt'>): void {
    const { status, message = '', fault = '' } = attempt;
    const said = status === 404 ? `${message}: ${call.target}` : message;
    const finding = status === undefined ? noAnswerFinding(fault) : refusalFinding(status, said);
    this.state.record({
      ...arriving(call),
      attempt: { receivedAt: call.receivedAt, ...attempt },
      findings: [finding],
    });
  }
}

function arriving(call: IncomingCall) {
  const { licenseCode, bulk, requestId, body } = call;
  return { licenseCode, bulk, requestId, events: looseEvents(call), bytes: body instanceof Error ? 0 : body.bytes };
}

function refuse(status: number, message: string, headers?: Reply['headers']): Decision {
  return { reply: webEngageError(status, message, headers), outcome: 'refused', message };
}

function refuseBody(problem: Error): Decision {
  // The rest of the body is not waited for.
  if (problem instanceof BodyTooLarge) return refuse(413, 'Payload too large', { Connection: 'close' });
  if (problem instanceof TooBusy) return refuse(503, 'Too many large calls at once', { Connection: 'close' });
  return refuse(400, `Error: the body ${problem instanceof InvalidJson ? problem.message : 'cannot be read'}.`);
}
