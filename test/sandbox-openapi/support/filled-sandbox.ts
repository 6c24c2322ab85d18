import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { AddedToCart, LOCK_FILE } from '../../sandbox/support/declared-events.js';

export const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8, Product: 'Cologne' } };
const LONG = 'x'.repeat(5_000);

interface Call {
  readonly path?: string;
  readonly requestId?: string;
  readonly key?: string;
  readonly fault?: Parameters<WebEngageSandbox['faults']['add']>[0];
}

/** Starts a sandbox that has taken in, dropped, refused, lost and recognised calls, singly and in bulk. */
export async function startFilledSandbox(): Promise<WebEngageSandbox> {
  const declared = { catalog: [AddedToCart], lockFile: LOCK_FILE };
  const sandbox = await WebEngageSandbox.start({ apiKey: 'key', licenseCode: '~abc', quota: { bulk: 3 }, ...declared });
  const send = (body: unknown, call: Call = {}) => sendCall(sandbox, body, call);
  await send({ ...EVENT, anonymousId: 'visitor', eventTime: '2018-09-15T18:29:00-0800' });
  await send({
    ...EVENT,
    eventData: { Price: '39.80', we_x: 1, Nothing: null, Long: LONG, List: [LONG], Deep: { LONG } },
  });
  await send({ ...EVENT, eventName: 'we_reserved', eventTime: 7 });
  await send({
    ...EVENT,
    eventData: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}`, index])),
  });
  await send({ events: [EVENT, { ...EVENT, userId: undefined, anonymousId: 'visitor' }] }, { path: 'bulk-events' });
  await send({ events: [] }, { path: 'bulk-events' });
  await send({ eventName: { nested: true }, eventData: 'none', userId: 7 });
  await send('no JSON');
  await send(EVENT, { key: 'another' });
  await send(EVENT, { path: 'nowhere' });
  await send(EVENT, { requestId: 'retried', fault: { status: 503, retryAfter: 2, message: 'Busy', calls: 1 } });
  for (let attempt = 0; attempt < 25; attempt++) await send(EVENT, { requestId: 'retried' });
  await send(EVENT, { requestId: 'reset', fault: { reset: 'before ingestion', calls: 1 } });
  await send(EVENT, { requestId: 'lost', fault: { reset: 'after ingestion', latency: 1, calls: 1 } });
  await send(EVENT, { fault: { rate: 0, calls: 1 } });
  await send({ events: [EVENT] }, { path: 'bulk-events' });
  await send({ events: [EVENT] }, { path: 'bulk-events' });
  sandbox.faults.add({ status: 500, probability: 0, seed: 7, calls: 100 });
  sandbox.faults.add({ latency: 1 });
  return sandbox;
}

async function sendCall(sandbox: WebEngageSandbox, body: unknown, call: Call): Promise<void> {
  const { path = 'events', requestId, key = 'key', fault } = call;
  if (fault) sandbox.faults.add(fault);
  const response = await fetch(`${sandbox.url}/v1/accounts/~abc/${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      ...(requestId === undefined ? undefined : { 'x-request-id': requestId }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }).catch(() => undefined);
  await response?.text();
}
