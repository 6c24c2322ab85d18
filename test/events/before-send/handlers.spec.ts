import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { type BeforeSend, EventAttribute, EventClass, TrackEvent, WebEngageEvent } from 'nestjs-webengage';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

@WebEngageEvent('Looked')
class Looked extends EventClass<Looked> {
  @EventAttribute('Page', String) page!: string;
}

@Controller()
class Pages {
  @Get('plain')
  plain() {
    return { page: 'home' };
  }

  @Get('tracked')
  @TrackEvent('Looked', { userId: 'johndoe', eventData: ({ result }) => ({ Page: result.page }) })
  tracked() {
    return { page: 'home' };
  }

  @Get('declared')
  @TrackEvent(Looked, { userId: 'johndoe', eventData: ({ result }) => ({ page: result.page }) })
  declared() {
    return { page: 'home' };
  }
}

expectNoUnobservedErrors();

describe.each(platforms)('@TrackEvent() with beforeSend on %s', (platform) => {
  let app: TrackedApp;
  let beforeSend: BeforeSend;

  beforeAll(async () => {
    app = await startTrackedApp(platform, { controllers: [Pages] }, { beforeSend: (event) => beforeSend(event) });
  });

  afterAll(() => app.close());

  /** What came of a route, whose answer is that of the route that tracks nothing. */
  async function outcomeOf(route: string) {
    const expected = await app.get('plain');
    const outcome = await app.outcomeOf(() => app.get(route));
    expect(outcome.value).toEqual(expected);
    return outcome;
  }

  describe.each(['tracked', 'declared'])('on the route "%s"', (route) => {
    it('sends what it returns', async () => {
      beforeSend = (event) => ({ ...event, eventData: { Page: `/${event.eventData?.Page as string}` } });
      const { events, counts: found } = await outcomeOf(route);
      expect(events).toMatchObject([{ userId: 'johndoe', eventName: 'Looked', eventData: { Page: '/home' } }]);
      expect(found).toEqual(counts({ accepted: 1, delivered: 1 }));
    });

    it('skips what it drops', async () => {
      beforeSend = () => null;
      const { events, counts: found } = await outcomeOf(route);
      expect(events).toEqual([]);
      expect(found).toEqual(counts({ skipped: 1 }));
    });

    it.each<[string, () => unknown]>([
      [
        'it fails',
        () => {
          throw new Error('broken');
        },
      ],
      ['it returns nothing', () => undefined],
      [
        'it returns a promise that is rejected',
        async () => {
          throw new Error('broken');
        },
      ],
      ['it breaks a rule', () => ({ userId: 'johndoe', eventName: 'we_x' })],
    ])('refuses an event for which %s', async (_, fails) => {
      beforeSend = fails as BeforeSend;
      const { events, counts: found } = await outcomeOf(route);
      expect(events).toEqual([]);
      expect(found).toEqual(counts({ refused: 1 }));
    });
  });
});
