import { describe, expect, it } from '@jest/globals';
import type { AcceptedEvent, DeliveryAttempt } from 'nestjs-webengage';
import { useBackgroundTracking } from '../support/answering-server.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const fail = (): never => {
  throw new Error('out of order');
};
const rejectLater = async (): Promise<never> => fail();
const UNREADABLE = {
  get trace(): never {
    return fail();
  },
  end: fail,
};

const FAILING: [string, object][] = [
  ['throws wherever it is called', { start: fail, accept: fail, attempt: fail }],
  ['throws at every end', { start: () => fail, accept: () => ({ end: fail }), attempt: () => ({ end: fail }) }],
  ['throws before it sends', { attempt: () => ({ run: fail, end: () => undefined }) }],
  [
    'throws after it has sent',
    { attempt: () => ({ run: (send: () => unknown) => [send(), fail()], end: () => undefined }) },
  ],
  ['rejects wherever it is called', { start: rejectLater, accept: rejectLater, attempt: rejectLater }],
  [
    'rejects at every end',
    {
      start: () => rejectLater,
      accept: () => ({ end: rejectLater }),
      attempt: () => ({ run: rejectLater, end: rejectLater }),
    },
  ],
  ['returns what cannot be read', { accept: () => UNREADABLE, attempt: () => UNREADABLE }],
  ['returns what nobody expects', { start: () => 1, accept: () => true, attempt: () => 'x' }],
];

const QUIET: [string, object][] = [
  ['does nothing', {}],
  ['never sends', { attempt: () => ({ run: () => undefined, end: () => undefined }) }],
  ['sends twice', { attempt: () => ({ run: (send: () => unknown) => [send(), send()], end: () => undefined }) }],
  ['gives a trace that is none', { accept: () => ({ trace: { a: 1n }, end: () => undefined }) }],
];

describe('an instrumentation that', () => {
  expectNoUnobservedErrors();
  const background = useBackgroundTracking();

  const track = async (instrumentation: object, bulk: 'always' | 'never') => {
    const events = await background.start({ bulk }, { instrumentation });
    background.server.next({ status: 503 });
    const receipts = await events.trackMany([EVENT, EVENT]);
    await events.flush();
    expect(receipts.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(events.stats()).toMatchObject({ accepted: 2, delivered: 2, failed: 0, refused: 0 });
    expect(background.server.ingested.map(({ eventData }) => eventData)).toEqual([EVENT.eventData, EVENT.eventData]);
    expect(background.server.calls).toHaveLength(bulk === 'always' ? 2 : 3);
    await background.tracking.app.close();
    return background.tracking.logger.at('error');
  };

  describe.each(['never', 'always'] as const)('with bulk: %s,', (bulk) => {
    it.each(FAILING)('%s changes nothing, and the log says so once for each way', async (_what, instrumentation) => {
      const lines = await track(instrumentation, bulk);
      expect(lines.length).toBeGreaterThan(0);
      expect(new Set(lines).size).toBe(lines.length);
      for (const line of lines) expect(line).toContain('The instrumentation failed: ');
    });

    it.each(QUIET)('%s changes nothing', async (_what, instrumentation) => {
      await expect(track(instrumentation, bulk)).resolves.toEqual([]);
    });
  });

  it('only listens gets no data, no key and no license code', async () => {
    const told: (AcceptedEvent | DeliveryAttempt)[] = [];
    const events = await background.start(
      {},
      {
        instrumentation: {
          accept: (event) => void told.push(event),
          attempt: (attempt) => void told.push(attempt),
        },
      },
    );
    const { requestId } = await events.track(EVENT);
    await events.flush();
    const { eventName } = EVENT;
    expect(told).toEqual([
      { account: undefined, requestId, eventName, userId: 'johndoe', anonymousId: undefined },
      {
        ...{ account: undefined, kind: 'single', requestId, host: background.server.url, attempt: 1 },
        events: [{ eventName, requestId }],
      },
    ]);
  });
});
