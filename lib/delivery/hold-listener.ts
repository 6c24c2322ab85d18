import type { Answer } from '../http/answer.js';

/** Why nothing is sent: the host is down, or WebEngage refuses the account's credentials. */
export type HoldReason = 'host down' | 'access refused';

/** Told when a hold begins, changes its reason, and ends. */
export interface HoldListener {
  held(reason: HoldReason, answer: Answer): void;
  resumed(): void;
}
