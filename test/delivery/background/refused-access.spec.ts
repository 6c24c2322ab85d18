import { describe, expect, it } from '@jest/globals';
import { QUEUED, type Reply, useBackgroundTracking } from '../../support/answering-server.js';
import { API_KEY } from '../../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const event = (number: number) => ({ userId: 'johndoe', eventName: 'Added to Cart', eventData: { Number: number } });
const TEN = Array.from({ length: 10 }, (_, number) => event(number));
const refused = (status: number): Reply => ({
  status,
  // As careless as a server can be.
  body: JSON.stringify({ response: { message: `Error: ${API_KEY} is not valid`, status: 'error' } }),
});

expectNoUnobservedErrors();

describe('refused access in background delivery', () => {
  const background = useBackgroundTracking();

  it.each([
    [401, 'never'],
    [403, 'always'],
    [404, 'backlog'],
  ] as const)('%d (bulk: %s): events wait, single calls ask again, and all arrive once', async (status, bulk) => {
    const { server } = background;
    const events = await background.start(
      { bulk, concurrency: 4 },
      { retry: { maxAttempts: 1, minDelay: 5, maxDelay: 20 } },
    );
    let isLetIn = false;
    server.reply = () => (isLetIn ? QUEUED : refused(status));
    await events.trackMany(TEN);
    await server.received(7);
    expect(events.stats()).toMatchObject({ accepted: 10, failed: 0, pending: 10 });
    isLetIn = true;
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 10, delivered: 10, failed: 0, pending: 0 });
    expect(server.ingested.map(({ eventData }) => Number(eventData?.Number)).sort((a, b) => a - b)).toEqual(
      TEN.map((_, number) => number),
    );
    const { logger } = background.tracking;
    expect(logger.at('error')).toEqual([
      expect.stringMatching(new RegExp(`^WebEngage answered ${status}: .*Check apiKey, licenseCode and dataCenter`)),
    ]);
    expect(logger.at('log').filter((line) => line.includes('WebEngage takes events again'))).toHaveLength(1);
    expect(logger.lines.filter(({ text }) => text.includes(API_KEY))).toEqual([]);
  });
});
