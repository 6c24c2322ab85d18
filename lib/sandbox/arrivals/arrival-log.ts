import { addAttempt, Arrival, type ArrivedCall, type ArrivedFields } from './arrival.js';
import type { Finding, SandboxAttempt } from './sandbox-arrival.js';
import type { SandboxEvent } from './sandbox-event.js';

/** One attempt of a call, as the log takes it down. */
export interface ArrivingCall extends Pick<ArrivedCall, 'licenseCode' | 'bulk' | 'requestId'> {
  readonly attempt: SandboxAttempt;
  /** The events of its body; one without fields where it has no body that can be read. */
  readonly events: readonly ArrivedFields[];
  /** About how many bytes its body has. */
  readonly bytes: number;
  /** Why nothing of it was taken in, as it is told of each of its events. */
  readonly findingsOf?: (index: number) => readonly Finding[];
  /** The client left before the body was read: nobody knows which events it has. */
  readonly isUnread?: boolean;
  /** Judges the events, where they are taken in. */
  readonly ingest?: (id: number, index: number) => SandboxEvent;
}

export interface ArrivalBounds {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export interface ArrivalListener {
  /** Events that are new, or have changed. */
  changed(arrivals: readonly Arrival[]): void;
  cleared(): void;
  /** The sandbox was closed: nothing more is to come. */
  closed(): void;
}

/** Remembers what came in, within bounds: the oldest is forgotten first. */
export class ArrivalLog {
  /** How many events were forgotten to make room. */
  forgotten = 0;
  /** The revision at which all was forgotten last. */
  clearedAt = 0;
  // Apart: a storm of refused calls must not push out what was taken in.
  private readonly ingested = new Map<number, Arrival>();
  private readonly others = new Map<number, Arrival>();
  private readonly callsByKey = new Map<string, ArrivedCall>();
  private readonly listeners = new Set<ArrivalListener>();
  private isClosed = false;
  private lastId = 0;
  private lastRevision = 0;
  private lastIngestion = 0;
  private bytes = 0;

  constructor(private readonly bounds: ArrivalBounds) {}

  /** How many events it remembers. */
  get size(): number {
    return this.ingested.size + this.others.size;
  }

  /** The revision of what changed last. */
  get revision(): number {
    return this.lastRevision;
  }

  /** Tells of every change until what it returns is called. */
  listen(listener: ArrivalListener): () => void {
    this.listeners.add(listener);
    if (this.isClosed) listener.closed();
    return () => this.listeners.delete(listener);
  }

  /** Takes down an attempt; a re-attempt is folded into the call that it repeats. */
  record(arriving: ArrivingCall): void {
    const call = this.callOf(arriving);
    const isTakenIn = call.arrivals[0]?.event !== undefined;
    // A re-attempt of what was forgotten: there is nothing to fold it into.
    if (!isTakenIn && arriving.attempt.outcome === 'recognised') return;
    addAttempt(call, arriving.attempt);
    if (call.key !== undefined) this.callsByKey.set(call.key, call);
    if (!isTakenIn) this.fill(call, arriving);
    for (const arrival of call.arrivals) arrival.revision = ++this.lastRevision;
    // Whoever waits for one of them hears of it, even where there is no room to remember it.
    const { arrivals } = call;
    this.prune();
    for (const listener of this.listeners) listener.changed(arrivals);
  }

  find(id: number): Arrival | undefined {
    return this.ingested.get(id) ?? this.others.get(id);
  }

  /**
   * Whether an event was ingested after another: not the same as having come in after it, where calls were refused and
   * sent again.
   */
  isIngestedAfter({ id, ingestion }: Arrival, other: number): boolean {
    const before = this.ingested.get(other);
    return before ? ingestion > before.ingestion : id > other;
  }

  /** What was ingested, in the order in which it was. */
  ingestedArrivals(): Arrival[] {
    return [...this.ingested.values()];
  }

  /** All that is remembered, in the order in which it first came in. */
  all(): Arrival[] {
    return [...this.ingested.values(), ...this.others.values()].sort((one, other) => one.id - other.id);
  }

  clear(): void {
    this.ingested.clear();
    this.others.clear();
    this.callsByKey.clear();
    this.bytes = 0;
    this.forgotten = 0;
    this.clearedAt = ++this.lastRevision;
    for (const listener of this.listeners) listener.cleared();
  }

  close(): void {
    this.isClosed = true;
    for (const listener of [...this.listeners]) listener.closed();
  }

  private callOf(arriving: ArrivingCall): ArrivedCall {
    const { licenseCode, bulk, requestId, attempt } = arriving;
    const key = requestId === undefined ? undefined : `${licenseCode}\n${requestId}`;
    const known = key === undefined ? undefined : this.callsByKey.get(key);
    if (known && !isAnother(known, arriving)) return known;
    const { receivedAt } = attempt;
    return { key, licenseCode, bulk, requestId, receivedAt, attempts: [], attemptCount: 0, arrivals: [] };
  }

  private fill(call: ArrivedCall, { events, bytes, findingsOf, ingest, isUnread }: ArrivingCall): void {
    // What earlier attempts have told of the events stays.
    if (isUnread && call.arrivals.length > 0) {
      call.arrivals.forEach((arrival, index) => (arrival.findings = findingsOf?.(index) ?? []));
      return;
    }
    const share = Math.ceil(bytes / events.length);
    events.forEach((fields, index) => {
      const arrival = (call.arrivals[index] ??= new Arrival(++this.lastId, call, fields));
      this.others.delete(arrival.id);
      this.bytes -= arrival.bytes;
      Object.assign(arrival, { fields, findings: findingsOf?.(index) ?? [] });
      if (ingest) {
        arrival.event = ingest(arrival.id, index);
        arrival.ingestion = ++this.lastIngestion;
      }
      arrival.bytes = share + arrival.bytesOfFindings();
      this.bytes += arrival.bytes;
      (ingest ? this.ingested : this.others).set(arrival.id, arrival);
    });
  }

  private prune(): void {
    const { maxEvents, maxBytes } = this.bounds;
    while (this.ingested.size > maxEvents) this.forgetOldest(this.ingested);
    while (this.others.size > maxEvents) this.forgetOldest(this.others);
    while (this.bytes > maxBytes) this.forgetOldest(this.others.size > 0 ? this.others : this.ingested);
  }

  private forgetCall(call: ArrivedCall): void {
    const { key } = call;
    // Another call may have come under the same request id since.
    if (key !== undefined && this.callsByKey.get(key) === call) this.callsByKey.delete(key);
  }

  private forgetOldest(arrivals: Map<number, Arrival>): void {
    for (const arrival of arrivals.values()) {
      const { id, call, bytes } = arrival;
      arrivals.delete(id);
      this.bytes -= bytes;
      this.forgotten++;
      call.arrivals = call.arrivals.filter((other) => other !== arrival);
      if (call.arrivals.length === 0) this.forgetCall(call);
      return;
    }
  }
}

/** Whether a call under a known request id is nevertheless another: the id was used before, or it holds other events. */
function isAnother(known: ArrivedCall, { bulk, ingest, events, isUnread }: ArrivingCall): boolean {
  const isTakenIn = known.arrivals[0]?.event !== undefined;
  if (isTakenIn) return ingest !== undefined;
  if (known.bulk !== bulk) return true;
  return !isUnread && !isBlank(known) && known.arrivals.length !== events.length;
}

/** Whether no attempt so far had a body that could be read. */
function isBlank({ arrivals }: ArrivedCall): boolean {
  return arrivals.every(({ fields }) => Object.keys(fields).length === 0);
}
