interface Event {
  readonly time: number;
  readonly order: number;
  readonly happen: () => void;
}

/** A clock that jumps from event to event: no real time passes. */
export class EventQueue {
  now = 0;
  private readonly heap: Event[] = [];
  private count = 0;

  at(time: number, happen: () => void): void {
    const event = { time, order: this.count++, happen };
    let position = this.heap.length;
    while (position > 0 && isBefore(event, this.heap[(position - 1) >> 1])) {
      this.heap[position] = this.heap[(position - 1) >> 1];
      position = (position - 1) >> 1;
    }
    this.heap[position] = event;
  }

  after(milliseconds: number, happen: () => void): void {
    this.at(this.now + milliseconds, happen);
  }

  runUntil(time: number): void {
    while (this.heap.length > 0 && this.heap[0].time < time) {
      const event = this.takeFirst();
      this.now = event.time;
      event.happen();
    }
    this.now = time;
  }

  private takeFirst(): Event {
    const first = this.heap[0];
    const last = this.heap.pop()!;
    if (this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(event: Event): void {
    let position = 0;
    for (;;) {
      let child = 2 * position + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && isBefore(this.heap[child + 1], this.heap[child])) child++;
      if (isBefore(event, this.heap[child])) break;
      this.heap[position] = this.heap[child];
      position = child;
    }
    this.heap[position] = event;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}
