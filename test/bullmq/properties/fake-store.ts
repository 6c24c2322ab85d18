import type { CallStore } from '../../../lib/bullmq/hand-over/hand-over.js';
import type { Call } from '../../../lib/delivery/call.js';
import type { FakeClock } from '../../support/fake-clock.js';

/**
 * What the store makes of a request: it stores the call, or says no, or stores it and the answer is lost; after so many
 * milliseconds. Or it never answers.
 */
export type StoreAnswer = 'hangs' | { readonly after: number; readonly outcome: 'stored' | 'refused' | 'broken' };

/** What a call was said to have been through when it was to be stored, and when that was. */
export interface AskedFor extends Pick<Call, 'outcomeUnknown' | 'windowStartedAt'> {
  readonly at: number;
}

/** A store that does as a script says; past its end it stores everything at once. */
export class FakeStore implements CallStore {
  isReady = true;
  /** The calls that it holds. */
  readonly held = new Set<string>();
  /** What was known of a call each time that it was to be stored. */
  readonly asked: AskedFor[] = [];

  constructor(
    private readonly clock: FakeClock,
    private readonly script: StoreAnswer[],
  ) {}

  add(call: Call): Promise<void> {
    const { outcomeUnknown, windowStartedAt } = call;
    this.asked.push({ at: this.clock.now(), outcomeUnknown, windowStartedAt });
    const answer = this.script.shift() ?? { after: 0, outcome: 'stored' };
    if (answer === 'hangs') return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      this.clock.after(answer.after, () => {
        if (answer.outcome === 'refused') return reject(refusal());
        this.held.add(call.requestId);
        if (answer.outcome === 'stored') return resolve();
        reject(new Error('Connection is closed.'));
      });
    });
  }

  remove({ requestId }: Call): Promise<boolean> {
    return Promise.resolve(this.held.delete(requestId));
  }
}

/** What Redis says no with, as its client gives it. */
function refusal(): Error {
  return Object.assign(new Error("OOM command not allowed when used memory > 'maxmemory'"), { name: 'ReplyError' });
}
