import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { EventsService, getEventsToken } from 'nestjs-webengage';
import { expectTracked, trackedEvents, webEngageMatchers, WebEngageTestingModule } from 'nestjs-webengage/testing';

const NOTE = 'Note that @TrackEvent() tracks when its route is called over HTTP';

describe('where an event was not tracked', () => {
  let module: TestingModule;

  beforeEach(async () => {
    const imports = [undefined, 'india', 'brazil'].map((account) => WebEngageTestingModule.forRoot({ account }));
    module = await Test.createTestingModule({ imports }).compile();
  });

  afterEach(() => module.close());

  function track(eventName: string, account?: string) {
    const events = module.get<EventsService>(account === undefined ? EventsService : getEventsToken(account));
    return events.track({ userId: '1', eventName });
  }

  function messageOf(...expected: [eventName: string, partial?: object]): string {
    try {
      expectTracked(module, ...expected);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was thrown');
  }

  it('names the accounts that tracked one of this name', async () => {
    await track('Viewed', 'india');
    await track('Viewed', 'brazil');
    await track('Purchased', 'brazil');
    expect(messageOf('Viewed')).toBe(`\
Expected "Viewed" to be tracked, but no event was recorded.

The account "india" recorded one of this name: give { account: 'india' }.
The account "brazil" recorded one of this name: give { account: 'brazil' }.`);
    expect(messageOf('Purchased', { userId: '2' })).toMatch(
      /The account "brazil" recorded one of this name: give \{ account: 'brazil' \}\.$/,
    );
  });

  it('names the account without a name', async () => {
    await track('Viewed');
    await track('Other', 'india');
    expect(messageOf('Viewed', { account: 'india' })).toContain(
      '\n\nThe account without a name recorded one of this name.',
    );
  });

  it('names none where no other tracked it, nor for the events of one account', async () => {
    await track('Viewed', 'india');
    expect(messageOf('Purchased')).not.toContain('The account');
    expect(() => expectTracked(trackedEvents(module), 'Viewed')).toThrow(/no event was recorded\./);
    expect(() => expectTracked(trackedEvents(module), 'Viewed')).not.toThrow(/The account/);
  });

  it('says how a decorated route is tracked, if nothing was recorded at all', async () => {
    expect(messageOf('Viewed')).toContain(`\n\n${NOTE}`);
    const { pass, message } = webEngageMatchers.toHaveTracked.call({}, module, 'Viewed');
    expect(pass).toBe(false);
    expect(message()).toContain(NOTE);
    await track('Other');
    expect(messageOf('Viewed')).not.toContain(NOTE);
  });
});
