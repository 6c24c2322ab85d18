// @ts-check
import { button, el } from '../common/dom.js';
import { snippet } from '../common/snippet.js';

/** How to point an app at the sandbox. */
export function emptyState() {
  const environment = [`WEBENGAGE_HOST=${location.origin}`, 'WEBENGAGE_LICENSE_CODE=any', 'WEBENGAGE_API_KEY=any'].join(
    '\n',
  );
  const curl = [
    `curl '${location.origin}/v1/accounts/license-code/events' \\`,
    `  -H 'Authorization: Bearer api-key' -H 'Content-Type: application/json' \\`,
    `  -d '{"userId":"johndoe","eventName":"Added to Cart","eventData":{"Price":39.8}}'`,
  ].join('\n');
  return [
    el('h2', {}, 'No events yet'),
    el('p', { class: 'muted' }, 'Point your app at this sandbox, or send an event by hand. It appears here at once.'),
    el('p', {}, 'In your app’s environment:'),
    snippet(environment),
    el('p', { class: 'muted' }, 'Any license code and API key will do, unless this sandbox was started with its own.'),
    el('p', {}, 'By hand:'),
    snippet(curl),
  ];
}

/** @param {() => void} onClear */
export function nothingPasses(onClear) {
  return [el('p', { class: 'muted' }, 'No event passes the filters.'), button('Clear the filters', onClear)];
}
