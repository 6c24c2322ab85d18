import { isOverQuota } from '../retry-policy.js';
import type { QuotaAnswer } from './quota-answer.js';

/** The account's quota as the answers tell it. What they tell may be nonsense: then nothing was told. */
export class AccountQuota {
  /** How many calls an interval the account allows: as told last, or else as configured. */
  limit: number;
  private tellsRemaining = false;

  constructor(private readonly configuredLimit: number) {
    this.limit = configuredLimit;
  }

  /** How many calls an interval this process may make at most. */
  get ownLimit(): number {
    return Math.min(this.configuredLimit, this.limit);
  }

  /** Takes in an answer. Returns how many calls the account had left; undefined if that was not told. */
  read(answer: QuotaAnswer): number | undefined {
    const { limit = this.limit, remaining } = answer.rateLimit ?? {};
    const isTold = isPossible(limit, remaining);
    if (isTold) this.limit = Math.floor(limit);
    if (isTold && remaining !== undefined) {
      this.tellsRemaining = true;
      return remaining;
    }
    // Where answers tell what is left, one that is refused and does not tell may be a stray: it says nothing of the rest.
    return isOverQuota(answer) && !this.tellsRemaining ? 0 : undefined;
  }
}

function isPossible(limit: number, remaining = 0): boolean {
  return limit >= 1 && limit < Infinity && remaining >= 0 && remaining <= limit;
}
