import type { BulkPolicy } from '../../webengage.options.js';
import { BYTES_PER_BULK_CALL, Call, EVENTS_PER_BULK_CALL } from '../call.js';
import type { Envelope } from '../envelope.js';
import type { RequestIds } from '../request-ids.js';
import { Fifo } from './fifo.js';
import type { Lane } from './lane.js';

/**
 * How long the first of some new events waits for others, in milliseconds. Requests that track have been answered by then,
 * before making calls costs them time; and what comes in a burst goes together.
 */
export const LINGER = 10;

/** While calls are held, new events are tried until so many calls wait. */
const CALLS_TO_PROBE_WITH = 8;

/** How much the newest call counts in the average time of a call. */
const NEWEST_CALL_WEIGHT = 0.1;

export interface SchedulerOptions {
  readonly concurrency: number;
  readonly bulk: BulkPolicy;
  /** A backlog is what the single quota cannot drain within so many milliseconds. */
  readonly bulkAfter: number;
}

/**
 * Decides which call goes out next, and when: calls whose re-attempt is due before new events, but never so many of them
 * that they take up all the room; each kind of call within its own quota; and no more at one time than allowed.
 */
export class Scheduler {
  private readonly fresh = new Fifo<Envelope>();
  private readonly maxRetriesUnderWay: number;
  private freshSince = 0;
  private underWay = 0;
  private retriesUnderWay = 0;
  private isDraining = false;
  private singleCallTime = 0;

  constructor(
    private readonly options: SchedulerOptions,
    private readonly lanes: Readonly<Record<Call['kind'], Lane>>,
    private readonly requestIds: RequestIds,
  ) {
    this.maxRetriesUnderWay = Math.max(1, Math.floor(options.concurrency / 2));
  }

  /** A newly accepted event. */
  add(envelope: Envelope, now: number): void {
    // What may have been ingested under its own id must be sent again under it.
    if (envelope.windowStartedAt !== undefined) this.wait(Call.single(envelope), now);
    else {
      if (this.fresh.length === 0) this.freshSince = now;
      this.fresh.push(envelope);
    }
  }

  /** A call that is to be sent again, at `dueAt`. */
  wait(call: Call, dueAt: number, notBefore?: number): void {
    this.lanes[call.kind].waiting.add(call, dueAt, notBefore);
  }

  /** The call to send now, taken out; or the milliseconds until there may be one, Infinity if only an answer can tell. */
  next(now: number, isProbe = false): Call | number {
    if (this.underWay >= this.options.concurrency) return Infinity;
    const probe = isProbe ? this.freshProbe(now) : undefined;
    if (probe) return probe;
    const { single, bulk } = this.lanes;
    const waitTimes = isProbe || this.mayRetry() ? [single.waitTime(now), bulk.waitTime(now)] : [];
    const lane = waitTimes[0] === 0 ? single : waitTimes[1] === 0 ? bulk : undefined;
    const retry = lane?.waiting.take();
    if (retry) return retry;
    const fresh = isProbe ? this.untilFreshProbe(now) : this.nextFresh(now);
    return typeof fresh === 'number' ? Math.min(fresh, ...waitTimes) : fresh;
  }

  /** A call goes out. */
  begin(call: Call, now: number): void {
    this.underWay++;
    if (call.attempts > 0) this.retriesUnderWay++;
    this.lanes[call.kind].governor.start(now);
  }

  /** Its answer came, or none will. */
  end(call: Call, now: number): void {
    this.underWay--;
    if (call.attempts > 1) this.retriesUnderWay--;
    if (call.kind === 'single')
      this.singleCallTime += (now - call.startedAt - this.singleCallTime) * NEWEST_CALL_WEIGHT;
    this.lanes[call.kind].governor.end(now, call.lastAnswer);
  }

  /** From now on what the quota allows goes at once. */
  drain(now: number): void {
    this.isDraining = true;
    for (const { governor, waiting } of Object.values(this.lanes)) {
      governor.stopSpreading();
      waiting.hurry(now);
    }
  }

  /** Takes out the events that have been pending longest, of those that are not under way. */
  takeOldest(): Call | undefined {
    const { single, bulk } = this.lanes;
    const [one, other] = [single.waiting.oldestAcceptedAt, bulk.waiting.oldestAcceptedAt];
    const fresh = this.fresh.peek();
    if (fresh && fresh.acceptedAt < Math.min(one, other)) return Call.single(this.fresh.shift() ?? fresh);
    return one <= other ? single.waiting.takeOldest() : bulk.waiting.takeOldest();
  }

  /** Healthy events must get through, however many others fail again and again. */
  private mayRetry(): boolean {
    return this.retriesUnderWay < this.maxRetriesUnderWay || this.fresh.length === 0;
  }

  /** A new event to probe with, while few others were tried: the fault may be theirs. More would begin to age for nothing. */
  private freshProbe(now: number): Call | undefined {
    if (this.untilFreshProbe(now) > 0) return undefined;
    if (this.options.bulk === 'always') return this.takeChunk();
    const envelope = this.fresh.shift();
    return envelope && Call.single(envelope);
  }

  private untilFreshProbe(now: number): number {
    const { single, bulk } = this.lanes;
    const isEnough = single.waiting.size + bulk.waiting.size >= CALLS_TO_PROBE_WITH;
    if (isEnough || this.fresh.length === 0) return Infinity;
    return (this.options.bulk === 'always' ? bulk : single).governor.waitTime(now);
  }

  private nextFresh(now: number): Call | number {
    if (this.fresh.length === 0) return Infinity;
    const lingering = this.isDraining ? 0 : this.freshSince + LINGER - now;
    if (lingering > 0) return lingering;
    const { single, bulk } = this.lanes;
    const waitForBulk = this.wantsBulk(now) ? bulk.governor.waitTime(now) : Infinity;
    if (waitForBulk <= 0) return this.takeChunk();
    if (this.options.bulk === 'always') return waitForBulk;
    const waitForSingle = single.governor.waitTime(now);
    const envelope = waitForSingle <= 0 ? this.fresh.shift() : undefined;
    return envelope ? Call.single(envelope) : Math.min(waitForSingle, waitForBulk);
  }

  private wantsBulk(now: number): boolean {
    const { bulk, bulkAfter } = this.options;
    if (bulk !== 'backlog') return bulk === 'always';
    if (this.isDraining) return this.fresh.length > 1;
    return this.fresh.length > this.singleCapacityWithin(now, bulkAfter);
  }

  /** About how many single calls can be made in that time: the quota sets a limit, and so does a slow host. */
  private singleCapacityWithin(now: number, milliseconds: number): number {
    const byQuota = this.lanes.single.governor.capacityWithin(now, milliseconds);
    const byHost = (this.options.concurrency * milliseconds) / Math.max(1, this.singleCallTime);
    return Math.min(byQuota, byHost);
  }

  private takeChunk(): Call {
    const envelopes: Envelope[] = [];
    let bytes = 0;
    for (let next = this.fresh.peek(); next; next = this.fresh.peek()) {
      bytes += next.bytes;
      if (envelopes.length === EVENTS_PER_BULK_CALL || (envelopes.length > 0 && bytes > BYTES_PER_BULK_CALL)) break;
      envelopes.push(next);
      this.fresh.shift();
    }
    return Call.bulk(envelopes, this.requestIds.next());
  }
}
