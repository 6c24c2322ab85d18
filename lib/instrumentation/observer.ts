import { describeThrown } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import { isPromiseLike } from '../common/maybe-promise.js';
import { OnceLog } from '../common/once-log.js';
import { toTraceContext } from '../delivery/trace-context.js';
import type { EventBody } from '../events/read-event.js';
import type { CallWatch, CallWatcher, SentCall } from './call-watcher.js';
import type { Acceptance, AttemptObserver, Instrumentation, InstrumentedModule } from './instrumentation.js';

export interface ObserverOptions {
  readonly account: string | undefined;
  readonly host: string;
}

/** An instrumentation may track something itself, of which it is told again. */
const MAX_DEPTH = 8;

/** Calls a user's instrumentation, if there is one, so that whatever it throws ends in the log. */
export class Observer implements CallWatcher {
  private readonly remarks: OnceLog;
  private depth = 0;
  private stopModule: (() => void) | void = undefined;

  constructor(
    private readonly options: ObserverOptions,
    private readonly instrumentation: Instrumentation | undefined,
    log: Log,
  ) {
    this.remarks = new OnceLog(log);
  }

  start(module: Omit<InstrumentedModule, 'account'>): void {
    const { account } = this.options;
    const stats = () => module.stats();
    const health = () => module.health();
    this.stopModule = this.guarded(() => this.instrumentation?.start?.({ account, stats, health }));
  }

  stop(): void {
    this.guarded(() => this.stopModule?.());
    this.stopModule = undefined;
  }

  /** Undefined where nobody observes. */
  accept(requestId: string, { eventName, userId, anonymousId }: EventBody): Acceptance | undefined {
    if (!this.instrumentation?.accept || this.depth >= MAX_DEPTH) return undefined;
    const event = { account: this.options.account, requestId, eventName, userId, anonymousId };
    const acceptance = this.deeper(() => this.instrumentation?.accept?.(event));
    if (!acceptance) return undefined;
    const trace = this.guarded(() => toTraceContext(acceptance.trace));
    return {
      ...(trace && { trace }),
      end: (error) => this.deeper(() => acceptance.end(error)),
    };
  }

  watch(call: SentCall): CallWatch | undefined {
    if (!this.instrumentation?.attempt) return undefined;
    const { account, host } = this.options;
    const { kind, requestId, envelopes = [], attempts = 1 } = call;
    const events = envelopes.map(({ eventName, requestId: id, trace }) => ({
      eventName,
      requestId: id,
      ...(trace && { trace }),
    }));
    const attempt = { account, host, kind, requestId, attempt: attempts, events };
    const observer = this.guarded(() => this.instrumentation?.attempt?.(attempt));
    return observer && this.watchOf(observer);
  }

  private watchOf(observer: AttemptObserver): CallWatch {
    return {
      run: (send) => this.runWithin(observer, send),
      end: ({ queued, status, message }) => this.guarded(() => observer.end({ queued, status, message })),
    };
  }

  /** Whatever the observer does, it is sent once. */
  private runWithin<Result>(observer: AttemptObserver, send: () => Result): Result {
    let sent: { readonly result: Result } | undefined;
    const sendOnce = (): Result => (sent ??= { result: send() }).result;
    this.guarded(() => observer.run?.(sendOnce));
    return sendOnce();
  }

  /** Of what is tracked in here it is told too, but not without end. */
  private deeper<Result>(call: () => Result): Result | undefined {
    this.depth++;
    try {
      return this.guarded(call);
    } finally {
      this.depth--;
    }
  }

  private guarded<Result>(call: () => Result): Result | undefined {
    try {
      const result = call();
      // An async function is none of the port's, but the compiler lets one through; its rejection must be seen.
      if (isPromiseLike(result)) result.then(undefined, (error: unknown) => this.report(error));
      return result;
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  private report(error: unknown): void {
    this.remarks.say('error', `The instrumentation failed: ${describeThrown(error)}`);
  }
}
