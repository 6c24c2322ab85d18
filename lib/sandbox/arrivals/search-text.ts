import type { SandboxArrival } from './sandbox-arrival.js';

/** All that a search for text looks at, in lower case: what came in, and what became of it. */
export function searchTextOf(arrival: SandboxArrival): string {
  const { eventName, userId, anonymousId, eventTime, requestId, licenseCode, verdict } = arrival;
  const parts: unknown[] = [eventName, userId, anonymousId, eventTime, requestId, licenseCode, verdict];
  const { eventData } = arrival;
  if (typeof eventData !== 'object' || eventData === null) parts.push(eventData);
  else for (const [name, value] of Object.entries(eventData)) parts.push(name, value);
  parts.push(...(arrival.classNames ?? []));
  for (const { rule, message, fix } of arrival.findings) parts.push(rule, message, fix);
  for (const { status, message, fault } of arrival.attempts) parts.push(status, message, fault);
  return parts
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join('\n')
    .toLowerCase();
}
