/** Collects the promises that were broken and the figures that were missed, in words. */
export class Verdict {
  broken = [];
  missed = [];

  /** `otherwise` says what is wrong if the condition does not hold. */
  hold(condition, otherwise) {
    if (!condition) this.broken.push(otherwise);
  }

  /** The same for a figure, which a busy machine may spoil. */
  measure(condition, otherwise) {
    if (!condition) this.missed.push(otherwise);
  }

  /** Holds that a list is empty; of what is in it a few are named. */
  none(list, what) {
    this.hold(list.length === 0, `${list.length} ${what}, such as ${JSON.stringify(list.slice(0, 3))}`);
  }
}
