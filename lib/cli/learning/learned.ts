import type { LearnedEvent } from '../../catalog/lock-file/merge-learned.js';
import { countOf } from '../catalog/describe-size.js';

const MAX_TOLD = 20;

/** What was learned from traffic, and what of it WebEngage would have dropped. */
export interface Learned {
  /** Where from, for messages. */
  readonly source: string;
  readonly events: readonly LearnedEvent[];
  readonly dropped: DropList;
}

/** What WebEngage would drop of traffic. It remembers so many, and counts the others. */
export class DropList {
  private readonly lines: string[] = [];
  private count = 0;
  private untold = 0;

  /** @param times how often it occurred */
  add(line: string, times = 1): void {
    this.count += times;
    if (this.lines.length < MAX_TOLD) this.lines.push(line);
    else this.untold += times;
  }

  /** A line for each, and how many there are; empty if there are none. */
  describe(): string {
    if (this.count === 0) return '';
    const more = this.untold > 0 ? [`… and ${this.untold} more`] : [];
    const end = `Left out ${countOf(this.count, 'value')} or events that WebEngage would silently drop or refuse.`;
    return `${[...this.lines, ...more, end].join('\n')}\n`;
  }
}
