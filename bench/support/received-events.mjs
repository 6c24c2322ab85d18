import { gunzipSync } from 'node:zlib';
import { NUMBER_ATTRIBUTE } from './example-event.mjs';

/** Counts the events in the calls by their numbers: how many arrived, and how many more than once. */
export function countEvents(calls) {
  const numbers = new Set();
  let received = 0;
  for (const call of calls) {
    for (const [, number] of textOf(call).matchAll(new RegExp(`"${NUMBER_ATTRIBUTE}":(\\d+)`, 'g'))) {
      received++;
      numbers.add(number);
    }
  }
  return { arrived: numbers.size, duplicates: received - numbers.size };
}

function textOf({ url, encoding, chunks }) {
  const body = Buffer.concat(chunks);
  if (encoding === 'gzip') return gunzipSync(body).toString();
  if (body.length > 0) return body.toString();
  // Mixpanel puts the event into the query.
  const data = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('data');
  return data === null ? '' : Buffer.from(data, 'base64').toString();
}
