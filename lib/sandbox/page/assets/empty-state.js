// @ts-check
import { el } from './dom.js';

/** How to point an app at the sandbox. */
export function emptyState() {
  const curl = [
    `curl ${location.origin}/v1/accounts/<license code>/events \\`,
    `  -H 'Authorization: Bearer <API key>' -H 'Content-Type: application/json' \\`,
    `  -d '{"userId":"johndoe","eventName":"Added to Cart","eventData":{"Price":39.8}}'`,
  ].join('\n');
  return [
    el('h2', {}, 'No events yet'),
    el('p', { class: 'muted' }, 'Point your app at this sandbox, or send an event by hand. It appears here at once.'),
    el('pre', { tabindex: 0 }, `WEBENGAGE_HOST=${location.origin}`),
    el('pre', { tabindex: 0 }, curl),
  ];
}
