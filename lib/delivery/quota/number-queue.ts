const SMALLEST_CAPACITY = 16;

/** Numbers, first in, first out; grows by doubling. */
export class NumberQueue {
  private numbers = new Float64Array(SMALLEST_CAPACITY);
  private head = 0;
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** The number that stands `position` places behind the oldest. */
  at(position: number): number {
    return this.numbers[this.indexOf(position)];
  }

  get last(): number {
    return this.at(this.size - 1);
  }

  push(number: number): void {
    if (this.size === this.numbers.length) this.grow();
    this.numbers[this.indexOf(this.size)] = number;
    this.size++;
  }

  /** Takes the oldest number out. */
  shift(): number {
    const number = this.numbers[this.head];
    this.head = this.indexOf(1);
    this.size--;
    return number;
  }

  /** Puts another number in the place of the newest. */
  replaceLast(number: number): void {
    this.numbers[this.indexOf(this.size - 1)] = number;
  }

  private indexOf(position: number): number {
    // The capacity is a power of two.
    return (this.head + position) & (this.numbers.length - 1);
  }

  private grow(): void {
    const larger = new Float64Array(this.numbers.length * 2);
    larger.set(this.numbers.subarray(this.head));
    larger.set(this.numbers.subarray(0, this.head), this.numbers.length - this.head);
    this.numbers = larger;
    this.head = 0;
  }
}
