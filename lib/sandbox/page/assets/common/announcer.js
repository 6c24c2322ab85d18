// @ts-check
import { throttled } from './frame.js';
import { asText, clip, plural } from './format.js';
import { standing } from '../list/verdict.js';

/** @typedef {import('./contract.js').SandboxEvent} SandboxEvent */

const INTERVAL = 5000;

/** Tells screen readers of new problem events: politely, in one sentence, every five seconds at most. @param {HTMLElement} region */
export function announcer(region) {
  /** @type {SandboxEvent[]} */
  let waiting = [];
  const speak = throttled(() => {
    const latest = waiting.at(-1);
    if (!latest) return;
    const name = clip(asText(latest.eventName), 60) || 'no event name';
    region.textContent = `${plural(waiting.length, 'new problem event')}. The latest: ${name}, ${standing(latest)}.`;
    waiting = [];
  }, INTERVAL);
  return (/** @type {SandboxEvent[]} */ events) => {
    if (events.length === 0) return;
    waiting.push(...events);
    speak();
  };
}
