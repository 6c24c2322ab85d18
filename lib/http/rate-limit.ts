import type { RateLimit } from './answer.js';

type Headers = Readonly<Record<string, unknown>>;

/** Reads `X-RateLimit-Limit` and `X-RateLimit-Remaining`; undefined if there is neither, or nothing that makes sense. */
export function parseRateLimit(headers: Headers): RateLimit | undefined {
  const limit = wholeNumber(headers['x-ratelimit-limit']);
  const remaining = wholeNumber(headers['x-ratelimit-remaining']);
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    ...(limit === undefined ? undefined : { limit }),
    ...(remaining === undefined ? undefined : { remaining }),
  };
}

function wholeNumber(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const number = Number(header);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
