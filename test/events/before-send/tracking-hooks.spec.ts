import { expect, it } from '@jest/globals';
import type { EventsService } from 'nestjs-webengage';
import { useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const test = useBackgroundTracking();
expectNoUnobservedErrors();
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const AUDIT = { userId: 'audit', eventName: 'Audited' };

it('beforeSend may track another event', async () => {
  const events: EventsService = await test.start(
    {},
    {
      beforeSend: (event) => {
        if (event.eventName !== AUDIT.eventName) void events.track(AUDIT);
        return event;
      },
    },
  );
  await events.track(EVENT);
  await events.flush();
  expect(events.stats()).toMatchObject({ accepted: 2, delivered: 2, refused: 0 });
});

it('beforeSend that tracks for each event it is called for is stopped', async () => {
  const events: EventsService = await test.start(
    {},
    {
      beforeSend: (event) => {
        void events.track(AUDIT);
        return event;
      },
    },
  );
  await events.track(EVENT);
  await events.flush();
  expect(events.stats()).toMatchObject({ accepted: 8, delivered: 8, refused: 1 });
});

it.each(['accept', 'end'])(
  'an instrumentation whose %s tracks for each event is told of a few of them only',
  async (where) => {
    const track = (): void => void events.track(AUDIT);
    const events: EventsService = await test.start(
      {},
      {
        instrumentation: {
          accept: () => {
            if (where === 'accept') track();
            return { end: () => (where === 'end' ? track() : undefined) };
          },
        },
      },
    );
    await events.track(EVENT);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 9, delivered: 9, refused: 0 });
  },
);

it('trackMany() says for which event beforeSend failed', async () => {
  const events = await test.start(
    {},
    {
      beforeSend: (event) => {
        if (event.eventName === AUDIT.eventName) throw new TypeError('no such consent');
        return event;
      },
    },
  );
  await expect(events.trackMany([EVENT, AUDIT])).rejects.toThrow(
    '[1]: beforeSend failed, so the event is not sent: TypeError: no such consent',
  );
  expect(events.stats()).toMatchObject({ accepted: 0, refused: 2 });
});
