import type { Answer } from '../../http/answer.js';

/** What the governor reads of an answer. */
export type QuotaAnswer = Pick<Answer, 'status' | 'retryAfter' | 'rateLimit'>;
