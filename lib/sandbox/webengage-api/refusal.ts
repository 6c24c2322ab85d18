import type { Finding } from '../arrivals/sandbox-arrival.js';

const FIXES: Readonly<Record<number, string>> = {
  400: 'Mend the body: nothing of the call was taken in, and the same again would be refused again.',
  401: 'Send `Authorization: Bearer <API key>` with the key that this sandbox was started with.',
  404: 'POST to /v1/accounts/<license code>/events or /bulk-events, with the license code that this sandbox was started with.',
  413: 'Send less with one call.',
  429: 'Spread the calls over the minute, or send 25 events with each bulk call; background delivery does both.',
  503: 'Send it again later, under the same x-request-id.',
};
const LATER = 'Send it again under the same x-request-id, so that it is not taken in twice.';

/** Why nothing of a call was taken in, and what to do about it. */
export function refusalFinding(status: number, message: string): Finding {
  return {
    path: 'call',
    rule: 'refused',
    message: `It was answered with ${status}: ${message}`,
    fix: FIXES[status] ?? LATER,
  };
}

/** Why a call got no answer. */
export function noAnswerFinding(fault: string): Finding {
  return { path: 'call', rule: 'no answer', message: `A fault of the sandbox ${fault}`, fix: LATER };
}
