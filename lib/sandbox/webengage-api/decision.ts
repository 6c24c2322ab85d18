import type { SandboxAccount } from '../account/sandbox-account.js';
import type { SandboxAttempt } from '../arrivals/sandbox-arrival.js';
import { InvalidParameters, type WireEvent } from '../arrivals/wire-event.js';
import { BodyTooLarge, InvalidJson, TooBusy } from '../http/read-body.js';
import { type Reply, webEngageError } from '../http/reply.js';

/** Why a call is refused. */
export interface Refusal {
  readonly status: number;
  /** What the answer says, in WebEngage's words where they are documented. */
  readonly message: string;
  /** What more there is to say than WebEngage would. */
  readonly detail?: string;
  /** Of a bulk call the event that is wrong, by its index. */
  readonly culprit?: number;
}

/** What a call comes to, before a fault may take its answer away. */
export interface Decision {
  readonly reply: Reply;
  readonly outcome: SandboxAttempt['outcome'];
  readonly refusal?: Refusal;
  readonly takenIn?: { readonly account: SandboxAccount; readonly events: readonly WireEvent[] };
}

export function refuse(refusal: Refusal, headers?: Reply['headers']): Decision {
  return { reply: webEngageError(refusal.status, refusal.message, headers), outcome: 'refused', refusal };
}

export function refuseParameters({ message, culprit }: InvalidParameters, headers: Reply['headers']): Decision {
  return refuse({ status: 400, message, culprit }, headers);
}

/** Refuses a call whose body cannot be used. */
export function refuseBody(problem: Error): Decision {
  // The rest of the body is not waited for.
  const closing = { Connection: 'close' };
  if (problem instanceof BodyTooLarge) return refuse({ status: 413, message: 'Payload too large' }, closing);
  if (problem instanceof TooBusy) return refuse({ status: 503, message: 'Too many large calls at once' }, closing);
  if (!(problem instanceof InvalidJson)) return refuse({ status: 400, message: 'Error: the body cannot be read.' });
  return refuse({ status: 400, message: `Error: the body ${problem.message}.`, detail: problem.detail });
}
