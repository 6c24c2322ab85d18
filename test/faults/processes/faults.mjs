import { setTimeout as pause } from 'node:timers/promises';

/** What each kind of fault does with a call. `forward` lets the sandbox have it and returns the sandbox's answer. */
export const faults = {
  none: async (exchange, forward) => exchange.answer(await forward()),
  'answer 503': async (exchange) => exchange.refuse(503, 'Service unavailable'),
  'answer 429': async (exchange, _forward, { headers }) => exchange.refuse(429, 'Too many requests', headers),
  // The key stands in the answer: even then nobody may see it.
  'revoke key': async (exchange, forward) => {
    const { status } = await forward({ authorization: 'Bearer some-other-key' });
    exchange.refuse(status, `Unauthorized: ${exchange.authorization} was revoked`);
  },
  delay: async (exchange, forward, { milliseconds }) => {
    await pause(milliseconds);
    exchange.answer(await forward());
  },
  hang: async () => undefined,
  'ingest, then hang': async (_exchange, forward) => void (await forward()),
  reset: async (exchange) => exchange.reset(),
  'ingest, then reset': async (exchange, forward) => {
    await forward();
    exchange.reset();
  },
};
