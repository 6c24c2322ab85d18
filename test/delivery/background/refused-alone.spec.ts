import { describe, expect, it } from '@jest/globals';
import type { FailedEvent } from 'nestjs-webengage';
import { QUEUED, type ReceivedCall, useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const BAD = 137;
const EVENTS = 300;
const FORBIDDEN = { status: 403, body: '{"response":{"message":"Error: forbidden word","status":"error"}}' };
const event = (number: number) => ({ userId: 'johndoe', eventName: 'Added to Cart', eventData: { Number: number } });
const numbersOf = ({ events }: Pick<ReceivedCall, 'events'>) =>
  events.map(({ eventData }) => Number(eventData?.Number));
const isBad = (call: ReceivedCall) => numbersOf(call).includes(BAD);

expectNoUnobservedErrors();

describe('an event that something between here and WebEngage refuses with 403', () => {
  const background = useBackgroundTracking();

  it.each(['never', 'backlog', 'always'] as const)('fails alone among healthy traffic (bulk: %s)', async (bulk) => {
    const { server } = background;
    // It hears of the good answers meanwhile: what inspects contents takes its time.
    server.reply = async (call) => {
      if (!isBad(call)) return QUEUED;
      await new Promise((resolve) => setTimeout(resolve, 15));
      return FORBIDDEN;
    };
    const quota = { single: 100_000, bulk: 100_000, interval: 1_000 };
    const retry = { maxAttempts: 4, minDelay: 5, maxDelay: 20 };
    const events = await background.start({ bulk, bulkAfter: 20, concurrency: 4, quota }, { retry });
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((one) => failed.push(one));
    let tracked = 0;
    // There is traffic until it has its end.
    while (tracked < EVENTS || failed.length === 0) {
      await events.track(event(tracked++));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await events.flush();
    expect(failed).toMatchObject([
      { event: { eventData: { Number: BAD } }, reason: 'refused by WebEngage', status: 403, outcomeUnknown: false },
    ]);
    expect(events.stats()).toMatchObject({ accepted: tracked, delivered: tracked - 1, failed: 1, pending: 0 });
    const others = Array.from({ length: tracked }, (_, number) => number).filter((number) => number !== BAD);
    expect(numbersOf({ events: server.ingested }).sort((one, other) => one - other)).toEqual(others);
    const holds = background.tracking.logger.at('error').filter((line) => line.includes('Check apiKey'));
    expect(holds.length).toBeLessThanOrEqual(1);
  });
});
