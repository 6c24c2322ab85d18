import { describe, expect, it } from '@jest/globals';
import { QUEUED, type Reply, useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const many = (count: number, eventName: string) =>
  Array.from({ length: count }, () => ({ userId: 'johndoe', eventName }));

expectNoUnobservedErrors();

describe('flush() while new events displace all that is pending', () => {
  const background = useBackgroundTracking();

  it('resolves only when the new ones are done', async () => {
    let letThrough = (): void => undefined;
    const waiting = new Promise<Reply>((resolve) => (letThrough = () => resolve(QUEUED)));
    background.server.reply = () => waiting;
    const events = await background.start({ overflow: 'drop-oldest', maxPending: 5 });
    // Nothing is sent yet: all of them can be dropped.
    await events.trackMany(many(5, 'Old'));
    let isFlushed = false;
    const flushed = events.flush().then(() => void (isFlushed = true));
    await events.trackMany(many(5, 'New'));
    expect(events.stats()).toMatchObject({ accepted: 10, failed: 5, pending: 5 });
    await background.server.received(5);
    expect(isFlushed).toBe(false);
    letThrough();
    await flushed;
    expect(events.stats()).toMatchObject({ accepted: 10, delivered: 5, failed: 5, pending: 0 });
    expect(background.server.ingested.map(({ eventName }) => eventName)).toEqual(Array(5).fill('New'));
  });
});
