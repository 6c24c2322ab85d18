import type { Envelope } from '../delivery/envelope.js';
import type { Answer } from '../http/answer.js';
import type { OutgoingCall } from '../http/outgoing-call.js';

/** A call as it is sent; a delivery of one's own may give no more than what goes over the wire. */
export interface SentCall extends OutgoingCall {
  readonly envelopes?: readonly Envelope[];
  /** The how many-th attempt it is, from 1. */
  readonly attempts?: number;
}

/** Watches one attempt. */
export interface CallWatch {
  /** Sends, within a context of the watcher's own. */
  run?<Result>(send: () => Result): Result;
  /** The answer has come, or it is certain that none will. */
  end(answer: Answer): void;
}

/** Told of every attempt, whichever delivery makes it. */
export interface CallWatcher {
  watch(call: SentCall): CallWatch | undefined;
}
