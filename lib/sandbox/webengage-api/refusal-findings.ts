import type { Finding } from '../arrivals/sandbox-arrival.js';
import type { Refusal } from './decision.js';

const FIXES: Readonly<Record<number, string>> = {
  400: 'Mend the body: nothing of the call was taken in, and the same again would be refused again.',
  401: 'Send `Authorization: Bearer <API key>` with the key that this sandbox was started with.',
  404: 'POST to /v1/accounts/<license code>/events or /bulk-events, with the license code that this sandbox was started with.',
  413: 'Send less with one call.',
  429: 'Spread the calls over the minute, or send 25 events with each bulk call; background delivery does both.',
};
const LATER = 'Send it again under the same x-request-id, so that it is not taken in twice.';

/** Why nothing of a call was taken in, and what to do about it, as it is told of one of its events. */
export function refusalFinding({ status, message, detail, culprit }: Refusal, index: number): Finding {
  const more = detail === undefined ? '' : ` (${detail})`;
  const finding = { rule: 'refused', fix: FIXES[status] ?? LATER } as const;
  if (culprit === undefined) {
    return { ...finding, path: 'call', message: `It was answered with ${status}: ${message}${more}` };
  }
  const path = `events[${culprit}]`;
  if (culprit === index) return { ...finding, path, message: `The bulk call was answered with ${status}: ${message}` };
  return {
    ...finding,
    path,
    message: `The bulk call was answered with ${status}, for its event ${path} is wrong: ${message}`,
    fix: `Nothing is wrong with this event: mend ${path}. WebEngage takes a bulk call in as a whole, or not at all.`,
  };
}

/** A fault answered the call with a status. */
export function faultFinding(fault: string): Finding {
  return {
    path: 'call',
    rule: 'fault',
    message: `A fault of the sandbox ${fault}`,
    fix: 'Nothing is wrong with the call. Remove the fault when you are done with it.',
  };
}

/** A fault kept the call from being answered. */
export function noAnswerFinding(fault: string): Finding {
  return { path: 'call', rule: 'no answer', message: `A fault of the sandbox ${fault}`, fix: LATER };
}
