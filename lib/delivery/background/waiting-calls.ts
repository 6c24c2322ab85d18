import type { Call } from '../call.js';

/** So many calls that are gone may stay in the heap for a while, beside as many as there are. */
const GONE_KEPT = 1_024;

interface Entry {
  readonly call: Call;
  dueAt: number;
  /** WebEngage asked not to be called before. */
  readonly notBefore: number;
}

/** Calls that wait for their next attempt: a binary heap by the time when it is due. */
export class WaitingCalls {
  private heap: Entry[] = [];
  // In the order of arrival. A call that left by way of `takeOldest()` stays in the heap until it comes to its top.
  private readonly calls = new Set<Call>();

  get size(): number {
    return this.calls.size;
  }

  /** When the first call is due; Infinity if none waits. */
  get nextDueAt(): number {
    this.forgetGone();
    return this.heap[0]?.dueAt ?? Infinity;
  }

  add(call: Call, dueAt: number, notBefore = 0): void {
    this.calls.add(call);
    this.rise({ call, dueAt, notBefore });
  }

  /** Takes out the call that is due first. */
  take(): Call | undefined {
    this.forgetGone();
    const call = this.removeTop()?.call;
    if (call) this.calls.delete(call);
    return call;
  }

  /** When the first event of the call that has waited longest was accepted; Infinity if none waits. */
  get oldestAcceptedAt(): number {
    return this.oldest?.envelopes[0]?.acceptedAt ?? Infinity;
  }

  /** Takes out the call that has waited longest. */
  takeOldest(): Call | undefined {
    const { oldest } = this;
    if (oldest) this.calls.delete(oldest);
    if (this.heap.length > 2 * this.calls.size + GONE_KEPT)
      this.sort(this.heap.filter(({ call }) => this.calls.has(call)));
    return oldest;
  }

  /** Makes every call due now, except where WebEngage asked for a pause. */
  hurry(now: number): void {
    for (const entry of this.heap) entry.dueAt = Math.max(Math.min(entry.dueAt, now), entry.notBefore);
    this.sort(this.heap);
  }

  private get oldest(): Call | undefined {
    return this.calls.values().next().value;
  }

  /** What is sorted is a heap. */
  private sort(entries: Entry[]): void {
    this.heap = entries.sort((one, other) => one.dueAt - other.dueAt);
  }

  private forgetGone(): void {
    for (let [top] = this.heap; top && !this.calls.has(top.call); [top] = this.heap) this.removeTop();
  }

  private rise(entry: Entry): void {
    const { heap } = this;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || parent.dueAt <= entry.dueAt) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  private removeTop(): Entry | undefined {
    const [top] = this.heap;
    const last = this.heap.pop();
    if (last && last !== top) this.sink(last);
    return top;
  }

  /** Puts an entry in the place of the top, and down from there to where it belongs. */
  private sink(entry: Entry): void {
    const { heap } = this;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      const right = heap[childIndex + 1];
      let child = heap[childIndex];
      if (child && right && right.dueAt < child.dueAt) {
        child = right;
        childIndex++;
      }
      if (!child || child.dueAt >= entry.dueAt) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = entry;
  }
}
