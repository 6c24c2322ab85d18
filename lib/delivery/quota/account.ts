import { OVER_QUOTA, type QuotaAnswer } from './quota-answer.js';

/** The account's quota as the answers tell it. What they tell may be nonsense: then nothing was told. */
export class Account {
  /** How many calls an interval the account allows: as told last, or else as configured. */
  limit: number;

  constructor(private readonly configuredLimit: number) {
    this.limit = configuredLimit;
  }

  /** How many calls an interval this process may make at most. */
  get ownLimit(): number {
    return Math.min(this.configuredLimit, this.limit);
  }

  /** Takes in an answer. Returns how many calls the account had left; undefined if that was not told. */
  read({ status, rateLimit }: QuotaAnswer): number | undefined {
    const { limit = this.limit, remaining } = rateLimit ?? {};
    const isTold = isPossible(limit, remaining);
    if (isTold) this.limit = Math.floor(limit);
    if (status === OVER_QUOTA) return 0;
    return isTold ? remaining : undefined;
  }
}

function isPossible(limit: number, remaining = 0): boolean {
  return limit >= 1 && limit < Infinity && remaining >= 0 && remaining <= limit;
}
