/**
 * Something that goes wrong with calls. It has one of `status`, `rate`, `hang` and `reset`, or `latency` alone; `latency`
 * may also go with each of them.
 *
 * @example
 * sandbox.faults.add({ status: 503, calls: 3 }); // the next three calls
 * sandbox.faults.add({ reset: 'after ingestion', probability: 0.1, seed: 7 });
 */
export interface SandboxFault {
  /** The call is answered with this status, 200 to 599, and nothing of it is taken in. */
  status?: number;
  /** With `status`: the message of the answer. Default: one that says that a fault made it. */
  message?: string;
  /** With `status`: the answer's `Retry-After`, in seconds or as a date of HTTP. */
  retryAfter?: number | string;
  /** So many calls are let through within a second of the sandbox's clock; the others are answered with 429. */
  rate?: number;
  /** The call is never answered, until its client leaves. */
  hang?: true;
  /** The connection is reset: before the call is taken in, or after it, so that only the answer is lost. */
  reset?: 'before ingestion' | 'after ingestion';
  /** How long a call waits before anything happens to it, in milliseconds of real time; 600,000 at most. */
  latency?: number;
  /**
   * How many calls it is for, from now on; calls that an earlier fault ends are not counted. Default: all, until it is
   * removed.
   */
  calls?: number;
  /** How likely each of them is spoilt, from 0 to 1. Default: 1. */
  probability?: number;
  /** With `probability`: the same seed spoils the same calls again. Default: a random one. */
  seed?: number;
}

/** Makes calls go wrong. The first fault that applies to a call decides how it ends, and all their latencies add up. */
export interface SandboxFaults {
  /**
   * Spoils calls from now on.
   *
   * @throws {ConfigurationError} the fault is wrong, or 100 are at work already
   *
   * @example
   * sandbox.faults.add({ status: 429, retryAfter: 2, calls: 1 });
   */
  add(fault: SandboxFault): ActiveFault;

  /** Removes a fault by its `id`; false if it is not at work. */
  remove(id: number): boolean;

  /** Removes all faults. */
  clear(): void;

  /** The faults that are at work. */
  list(): ActiveFault[];
}

/** A fault that is at work. */
export interface ActiveFault extends Readonly<SandboxFault> {
  readonly id: number;
  /** How many calls it has spoilt. */
  readonly applied: number;
  /** How many calls it is still for, where `calls` was given. */
  readonly callsLeft?: number;
  /** What it does, in words. */
  readonly description: string;
}
