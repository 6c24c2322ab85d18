import { formatDate } from './event-time.js';

/**
 * Writes times of acceptance as WebEngage documents them. Events come by the thousand a second, and within one second
 * the text is the same: it is written once.
 */
export class AcceptanceTime {
  private second: number | undefined;
  private text: string | undefined;

  /**
   * The time as text. Undefined for years that four digits cannot hold.
   *
   * @param milliseconds since 1970
   */
  textAt(milliseconds: number): string | undefined {
    const second = Math.floor(milliseconds / 1000);
    if (second !== this.second) {
      this.second = second;
      this.text = formatDate(new Date(milliseconds));
    }
    return this.text;
  }
}
