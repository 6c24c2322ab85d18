import { describe, expect, it } from '@jest/globals';
import { type FailedEvent, RetryRefusedError } from 'nestjs-webengage';
import { useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const ONE_ATTEMPT = { retry: { maxAttempts: 1, minDelay: 5, maxDelay: 5 } };

expectNoUnobservedErrors();

describe('retry() with background delivery', () => {
  const background = useBackgroundTracking();

  /** An event that was sent by itself and got this reply, as a store would keep it. */
  async function failOnce(reply: Parameters<typeof background.server.next>[0]): Promise<FailedEvent> {
    background.server.next(reply);
    const events = await background.start({}, ONE_ATTEMPT);
    const failed: string[] = [];
    events.failed$.subscribe((event) => failed.push(JSON.stringify(event)));
    await events.track(EVENT);
    await events.flush();
    return JSON.parse(failed[0] ?? '') as FailedEvent;
  }

  it('keeps the id and the bytes of an event that may have been ingested', async () => {
    const failed = await failOnce('reset');
    expect(failed).toMatchObject({ reason: 'attempts exhausted', attempts: 1, outcomeUnknown: true });
    const receipt = await background.tracking.events.retry(failed);
    expect(receipt).toEqual({ requestId: failed.requestId, state: 'accepted' });
    await background.tracking.events.flush();
    const [first, second] = background.server.calls;
    expect(second).toEqual(first);
    expect(background.tracking.events.stats()).toMatchObject({ accepted: 2, delivered: 1, failed: 1, pending: 0 });
  });

  it('sends such an event alone, even where everything else goes in bulk', async () => {
    const failed = await failOnce('reset');
    const events = await background.start({ bulk: 'always' });
    const others = events.trackMany(Array.from({ length: 10 }, () => EVENT));
    await Promise.all([others, events.retry(failed), events.track(EVENT)]);
    await events.flush();
    const [, ...calls] = background.server.calls;
    const shapes = calls.map(({ isBulk, events: sent }) => (isBulk ? `bulk ${sent.length}` : 'single'));
    expect(shapes.sort()).toEqual(['bulk 11', 'single']);
    expect(calls.find(({ isBulk }) => !isBulk)?.requestId).toBe(failed.requestId);
  });

  it('still knows after a bulk-only application failed it that it may have been ingested', async () => {
    const failed = await failOnce('reset');
    background.server.next({ status: 400 });
    const events = await background.start({ bulk: 'always' });
    const again: FailedEvent[] = [];
    events.failed$.subscribe((event) => again.push(event));
    await events.retry(failed);
    await events.flush();
    const { requestId, windowStartedAt } = failed;
    expect(again).toMatchObject([{ requestId, windowStartedAt, status: 400, attempts: 1, outcomeUnknown: true }]);
    expect(again[0]).not.toHaveProperty('bulkRequestId');
  });

  it('gives a new id to an event that was surely not ingested', async () => {
    const failed = await failOnce({ status: 422 });
    expect(failed).toMatchObject({ reason: 'refused by WebEngage', outcomeUnknown: false });
    const { requestId } = await background.tracking.events.retry(failed);
    await background.tracking.events.flush();
    expect(requestId).not.toBe(failed.requestId);
    expect(background.server.calls.map((call) => call.requestId)).toEqual([failed.requestId, requestId]);
  });

  it('refuses an event whose window is over, and one that nothing is known of', async () => {
    const failed = await failOnce('reset');
    const { events } = background.tracking;
    const old = { ...failed, windowStartedAt: Date.now() - 4 * 3_600_000 };
    await expect(events.retry(old)).rejects.toBeInstanceOf(RetryRefusedError);
    await expect(events.retry({ ...failed, windowStartedAt: undefined })).rejects.toThrow('window is over');
    expect(background.server.calls).toHaveLength(1);
  });

  it('can be called at once from failed$, and ends', async () => {
    background.server.next('reset', 'reset', 'reset');
    const events = await background.start({}, ONE_ATTEMPT);
    const ids: string[] = [];
    events.failed$.subscribe((failed) => {
      ids.push(failed.requestId);
      void events.retry(failed);
    });
    await events.track(EVENT);
    await events.flush();
    expect(ids).toHaveLength(3);
    expect(new Set([...ids, ...background.server.calls.map(({ requestId }) => requestId)]).size).toBe(1);
    expect(events.stats()).toMatchObject({ accepted: 4, delivered: 1, failed: 3, pending: 0 });
  });
});
