import type { Answer } from '../http/answer.js';
import type { SentCall } from '../instrumentation/call-watcher.js';

/** What makes a call and says what came of it. */
export interface EventSender {
  /** Never rejects. */
  send(call: SentCall): Promise<Answer>;
  /** Breaks off the calls that are under way, and frees what sending needs. */
  close(): void;
}
