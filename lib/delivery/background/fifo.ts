// Below it, moving what is left to the front is not worth while.
const MIN_GAP = 1_024;

/** A queue in the order of arrival, at a constant cost for each item however long it is. */
export class Fifo<Item> {
  private items: (Item | undefined)[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  push(item: Item): void {
    this.items.push(item);
  }

  peek(): Item | undefined {
    return this.items[this.head];
  }

  shift(): Item | undefined {
    const item = this.items[this.head];
    if (item === undefined) return undefined;
    this.items[this.head++] = undefined;
    if (this.head === this.items.length) this.reset([]);
    // Only when half of it is empty: so each item is moved once on average.
    else if (this.head > MIN_GAP && this.head * 2 > this.items.length) this.reset(this.items.slice(this.head));
    return item;
  }

  private reset(items: (Item | undefined)[]): void {
    this.items = items;
    this.head = 0;
  }
}
