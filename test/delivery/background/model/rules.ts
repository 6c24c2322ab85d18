/** Collects what breaks a rule: what is thrown inside the delivery might be lost there. */
export class Rules {
  private readonly broken: string[] = [];

  check(isKept: boolean, rule: string): void {
    if (!isKept) this.broken.push(rule);
  }

  /** Throws if a rule was broken. */
  enforce(): void {
    if (this.broken.length > 0) throw new Error(`Broken: ${this.broken.join('; ')}`);
  }
}
