// @ts-check
import { asText, clip, entriesOf } from '../common/format.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/** A preview's texts are short already, but messages may quote a name of any length. */
const MAX_PART = 1000;

/** Whom the event is about, as the list shows it. @param {SandboxEvent} event */
export function userText(event) {
  return asText(event.userId ?? event.anonymousId);
}

/** All that the text filter looks at, in lower case: what the app sent, and what the sandbox says about it. @param {SandboxEvent} event */
export function searchText(event) {
  const parts = [event.eventName, event.userId, event.anonymousId, event.eventTime, event.requestId, event.licenseCode];
  parts.push(event.verdict, ...(event.classNames ?? []));
  const attributes = entriesOf(event.eventData);
  if (attributes.length === 0) parts.push(event.eventData);
  for (const [name, value] of attributes) parts.push(name, value);
  for (const finding of event.findings) parts.push(finding.rule, finding.message, finding.fix);
  for (const attempt of event.attempts) parts.push(attempt.status, attempt.message, attempt.fault);
  return parts
    .filter((part) => part !== undefined)
    .map((part) => clip(asText(part), MAX_PART))
    .join('\n')
    .toLowerCase();
}
