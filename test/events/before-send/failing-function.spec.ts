import { describe, expect, it } from '@jest/globals';
import { EventValidationError, type EventsService, WebEngageError } from 'nestjs-webengage';
import { useBackgroundTracking } from '../../support/answering-server.js';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const EVENT = { userId: 'johndoe', eventName: 'Looked', eventData: { Email: 'john@example.com' } };
const fails = (error: unknown) => () => {
  throw error;
};
const revoked = (): unknown => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const withFailingThen = Object.defineProperty({}, 'then', { get: fails(new Error('not to be looked at')) });

const FUNCTIONS: [string, () => unknown, RegExp][] = [
  ['throws an Error', fails(new TypeError('no consent store')), /beforeSend failed.*TypeError: no consent store/],
  ['throws a text', fails('gone'), /beforeSend failed.*a String was thrown/],
  ['throws nothing', fails(undefined), /beforeSend failed.*undefined was thrown/],
  ['returns a promise of the event', async () => EVENT, /returned a promise/],
  ['returns a promise of null', async () => null, /returned a promise/],
  ['returns a promise that is rejected', async () => fails(new Error('later'))(), /returned a promise/],
  ['returns something like a promise', () => ({ then: fails(new Error('later')) }), /returned a promise/],
  ['returns nothing', () => undefined, /returned undefined/],
  ['returns true', () => true, /returned a Boolean/],
  ['returns false', () => false, /returned a Boolean/],
  ['returns a text', () => JSON.stringify(EVENT), /returned a String/],
  ['returns a number', () => 0, /returned a Number/],
  ['returns a function', () => () => EVENT, /returned a function/],
  ['returns what cannot be read', revoked, /beforeSend failed.*TypeError/],
  ['returns what fails when it is looked at', () => withFailingThen, /beforeSend failed.*not to be looked at/],
];

describe('where beforeSend', () => {
  const background = useBackgroundTracking();
  expectNoUnobservedErrors();

  async function expectNothingSent(events: EventsService, refused: number): Promise<void> {
    await events.flush();
    expect(background.server.calls).toEqual([]);
    expect(events.stats()).toEqual(counts({ refused }));
  }

  it.each(FUNCTIONS)('%s, the event is refused', async (_, beforeSend, message) => {
    const events = await background.start({}, { beforeSend: beforeSend as never });
    const error: unknown = await events.track(EVENT).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WebEngageError);
    expect((error as Error).message).toMatch(message);
    await expectNothingSent(events, 1);
    expect(background.tracking.logger.lines.map(({ text }) => text).join('\n')).not.toContain('john@example.com');
  });

  it.each(FUNCTIONS)("%s, and onRefused is 'report', the receipt says so", async (_, beforeSend, message) => {
    const events = await background.start({}, { beforeSend: beforeSend as never, onRefused: 'report' });
    expect(await events.track(EVENT)).toMatchObject({ state: 'refused' });
    await expectNothingSent(events, 1);
    expect(background.tracking.logger.at('warn').join('\n')).toMatch(message);
  });

  it('fails for one of several events, none is sent', async () => {
    let calls = 0;
    const events = await background.start(
      {},
      { beforeSend: (event) => (calls++ === 1 ? (undefined as never) : event) },
    );
    await expect(events.trackMany([EVENT, EVENT, EVENT])).rejects.toThrow(/returned undefined/);
    await expectNothingSent(events, 3);
  });

  it('fails, what is tracked next is not held back', async () => {
    let calls = 0;
    const events = await background.start(
      {},
      { beforeSend: (event) => (calls++ === 0 ? fails(new Error('once'))() : event) },
    );
    await expect(events.track(EVENT)).rejects.toThrow(/once/);
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: 'accepted' });
    await events.flush();
    expect(events.stats()).toEqual(counts({ accepted: 1, delivered: 1, refused: 1 }));
  });

  it('returns an event whose fields cannot be read, they are named', async () => {
    const result = {
      userId: 'johndoe',
      get eventName(): string {
        return fails(new Error('no'))();
      },
    };
    const events = await background.start({}, { beforeSend: () => result as never });
    const error: unknown = await events.track(EVENT).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EventValidationError);
    expect((error as EventValidationError).violations).toMatchObject([{ path: 'beforeSend().eventName' }]);
    await expectNothingSent(events, 1);
  });

  it('tracks an event of its own, both are sent', async () => {
    const events: EventsService = await background.start(
      {},
      {
        beforeSend: (event) => {
          if (event.eventName === 'Looked') void events.track({ userId: 'johndoe', eventName: 'Asked' });
          return event;
        },
      },
    );
    await events.track(EVENT);
    await events.flush();
    expect(background.server.ingested.map(({ eventName }) => eventName).sort()).toEqual(['Asked', 'Looked']);
  });
});
