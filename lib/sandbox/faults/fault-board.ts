import { ConfigurationError } from '../../errors/configuration.error.js';
import { Chance } from './chance.js';
import { describeFault } from './describe-fault.js';
import { readFault } from './read-fault.js';
import type { ActiveFault, SandboxFault, SandboxFaults } from './sandbox-fault.js';

/** Faults that can be at work at one time. */
const MAX_FAULTS = 100;
const SECOND = 1_000;
/** What a fault answers that says nothing of its own. */
const SAID = 'A fault of the sandbox';

/** What is to happen to one call. */
export interface FaultEffect {
  /** How long it waits first, in milliseconds. */
  readonly latency: number;
  /** What delays it, in words; undefined if nothing does. */
  readonly delayedBy?: string;
  /** How it ends; undefined if it is answered as ever. */
  readonly ending?: FaultEnding;
}

export type FaultEnding = Pick<SandboxFault, 'retryAfter' | 'hang' | 'reset' | 'status'> & {
  /** What the answer says. */
  readonly message: string;
  readonly description: string;
};

interface Entry {
  readonly id: number;
  readonly fault: SandboxFault;
  readonly chance: Chance | undefined;
  applied: number;
  callsLeft: number;
  /** For a rate: the second that it is now, and the calls that were let through in it. */
  second: number;
  letThrough: number;
}

/** Makes calls go wrong: the first fault that applies to a call decides how it ends, and all their latencies add up. */
export class FaultBoard implements SandboxFaults {
  private entries: Entry[] = [];
  private lastId = 0;

  constructor(private readonly whenChanged: () => void) {}

  add(fault: SandboxFault): ActiveFault {
    const read = readFault(fault);
    if (this.entries.length >= MAX_FAULTS) {
      const message = `is one too many: ${MAX_FAULTS} are at work; remove others first`;
      throw new ConfigurationError([{ option: 'fault', message }], 'The fault');
    }
    const { probability, seed, calls = Infinity } = read;
    const chance = probability === undefined ? undefined : new Chance(probability, seed);
    const entry = { id: ++this.lastId, fault: read, chance, applied: 0, callsLeft: calls, second: 0, letThrough: 0 };
    this.entries.push(entry);
    this.whenChanged();
    return view(entry);
  }

  remove(id: number): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter((entry) => entry.id !== id);
    if (this.entries.length !== before) this.whenChanged();
    return this.entries.length !== before;
  }

  clear(): void {
    this.entries = [];
    this.whenChanged();
  }

  list(): ActiveFault[] {
    return this.entries.map(view);
  }

  /** Decides what happens to the next call. */
  next(now: number): FaultEffect {
    let latency = 0;
    const delays: string[] = [];
    let ending: FaultEnding | undefined;
    for (const entry of this.entries) {
      // What another fault has ended already does not count: one fault after the other makes a script.
      if (ending && isEnding(entry.fault)) continue;
      entry.callsLeft--;
      if (entry.chance && !entry.chance.next()) continue;
      const its = endingOf(entry, now);
      if (its === undefined && entry.fault.latency === undefined) continue;
      entry.applied++;
      if (entry.fault.latency !== undefined) {
        latency += entry.fault.latency;
        delays.push(describeFault(entry.fault));
      }
      ending ??= its;
    }
    if (this.entries.some(({ callsLeft }) => callsLeft <= 0)) {
      this.entries = this.entries.filter(({ callsLeft }) => callsLeft > 0);
    }
    return { latency, ending, delayedBy: delays.length > 0 ? delays.join('; ') : undefined };
  }
}

function endingOf(entry: Entry, now: number): FaultEnding | undefined {
  const { status, message = SAID, retryAfter, rate, hang, reset } = entry.fault;
  const description = describeFault(entry.fault);
  if (rate !== undefined) {
    return isLetThrough(entry, rate, now) ? undefined : { status: 429, message: SAID, retryAfter: 1, description };
  }
  if (!isEnding(entry.fault)) return undefined;
  return { status, message, retryAfter, hang, reset, description };
}

function isEnding({ status, rate, hang, reset }: SandboxFault): boolean {
  return status !== undefined || rate !== undefined || hang !== undefined || reset !== undefined;
}

function isLetThrough(entry: Entry, rate: number, now: number): boolean {
  const second = Math.floor(now / SECOND);
  if (second !== entry.second) Object.assign(entry, { second, letThrough: 0 });
  return entry.letThrough++ < rate;
}

function view({ id, fault, applied, callsLeft }: Entry): ActiveFault {
  const left = Number.isFinite(callsLeft) ? { callsLeft } : undefined;
  return { ...fault, id, applied, ...left, description: describeFault(fault) };
}
