import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Identify, TrackEvent, type TrackEventContext, type TrackEventOptions } from 'nestjs-webengage';
import { counts, type EventShape, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

/** What one handler's decorator, the module and the request say of the user, and whom the event is about. */
interface Row {
  readonly decorator?: Pick<TrackEventOptions, 'userId' | 'anonymousId'>;
  readonly identify?: Identify;
  readonly user?: unknown;
  readonly expected: Pick<EventShape, 'userId' | 'anonymousId'> | 'nobody' | 'refused';
}

const later = async <Value>(value: Value): Promise<Value> => {
  await new Promise((resolve) => setImmediate(resolve));
  return value;
};
const fromRequest = ({ request }: TrackEventContext<unknown, { user: { name: string } }>) => request.user.name;
const identified = { userId: 'from the module' };
const user = { id: 'from the request' };

const rows: Record<string, Row> = {
  // The decorator speaks first.
  decoratorValue: {
    decorator: { userId: 'johndoe' },
    identify: () => identified,
    user,
    expected: { userId: 'johndoe' },
  },
  decoratorFunction: { decorator: { userId: fromRequest }, user: { name: 'johndoe' }, expected: { userId: 'johndoe' } },
  decoratorPromise: { decorator: { userId: () => later('johndoe') }, user, expected: { userId: 'johndoe' } },
  decoratorAnonymous: {
    decorator: { anonymousId: 'a visitor' },
    identify: () => identified,
    user,
    expected: { anonymousId: 'a visitor' },
  },
  decoratorAnonymousPromise: {
    decorator: { userId: () => later(null), anonymousId: async () => later('a visitor') },
    user,
    expected: { anonymousId: 'a visitor' },
  },
  decoratorBoth: { decorator: { userId: 'johndoe', anonymousId: 'a visitor' }, expected: { userId: 'johndoe' } },
  decoratorBlank: { decorator: { userId: () => '' }, identify: () => identified, user, expected: 'refused' },

  // Where it says nobody, the module does.
  decoratorNull: { decorator: { userId: () => null }, identify: () => identified, user, expected: identified },
  decoratorUndefined: {
    decorator: { userId: () => undefined },
    identify: () => identified,
    user,
    expected: identified,
  },
  decoratorNullPromise: { decorator: { userId: () => later(null) }, identify: () => identified, expected: identified },
  bothNull: { decorator: { userId: () => null, anonymousId: () => later(null) }, user, expected: { userId: user.id } },
  identify: { identify: () => identified, user, expected: identified },
  identifyPromise: { identify: () => later(identified), user, expected: identified },
  identifyAnonymous: { identify: () => ({ anonymousId: 'a visitor' }), user, expected: { anonymousId: 'a visitor' } },
  identifyFromRequest: {
    identify: ({ request }: TrackEventContext<unknown, { user: { name: string } }>) => ({ userId: request.user.name }),
    user: { name: 'johndoe' },
    expected: { userId: 'johndoe' },
  },

  // Where it does not either, the request's user is meant.
  identifyUndefined: { identify: () => undefined, user, expected: { userId: user.id } },
  identifyNull: { identify: () => null, user, expected: { userId: user.id } },
  identifyUndefinedPromise: { identify: () => later(undefined), user, expected: { userId: user.id } },
  identifyEmpty: { identify: () => ({}), user, expected: { userId: user.id } },
  id: { user: { id: 'johndoe', userId: 'b', sub: 'c' }, expected: { userId: 'johndoe' } },
  numericId: { user: { id: 1337 }, expected: { userId: '1337' } },
  zeroId: { user: { id: 0 }, expected: { userId: '0' } },
  bigintId: { user: { id: 12345678901234567890n }, expected: { userId: '12345678901234567890' } },
  userId: { user: { userId: 'johndoe', sub: 'c' }, expected: { userId: 'johndoe' } },
  numericUserId: { user: { userId: 1337 }, expected: { userId: '1337' } },
  sub: { user: { sub: 'johndoe' }, expected: { userId: 'johndoe' } },
  nullId: { user: { id: null, sub: 'johndoe' }, expected: { userId: 'johndoe' } },
  blankId: { user: { id: ' ', sub: 'johndoe' }, expected: { userId: 'johndoe' } },
  userOfClass: {
    user: new (class User {
      get id() {
        return 'johndoe';
      }
    })(),
    expected: { userId: 'johndoe' },
  },

  // Nobody is known.
  noUser: { expected: 'nobody' },
  nullUser: { user: null, expected: 'nobody' },
  namedUser: { user: 'johndoe', expected: 'nobody' },
  emptyUser: { user: {}, expected: 'nobody' },
  notANumber: { user: { id: NaN }, expected: 'nobody' },
  objectId: { user: { id: { value: 1 } }, expected: 'nobody' },
  nobodyAnywhere: {
    decorator: { userId: () => later(null), anonymousId: () => null },
    identify: () => later(null),
    user: { id: undefined },
    expected: 'nobody',
  },
};

const rowOf = (context: ExecutionContext): Row | undefined => rows[context.getHandler().name];

class SigningIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const signedIn = rowOf(context)?.user;
    if (signedIn !== undefined) context.switchToHttp().getRequest<{ user: unknown }>().user = signedIn;
    return true;
  }
}

const controller = routesController(
  'users',
  Object.fromEntries(Object.entries(rows).map(([name, { decorator }]) => [name, [TrackEvent('Bought', decorator)]])),
  () => 'answer',
);

expectNoUnobservedErrors();

describe.each(platforms)('whom an event is about on %s', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    app = await startTrackedApp(
      platform,
      { controllers: [controller], providers: [{ provide: APP_GUARD, useClass: SigningIn }] },
      { identify: (context) => rowOf(context.executionContext)?.identify?.(context) },
    );
  });

  afterAll(() => app.close());

  const named = Object.entries(rows).filter(([, { expected }]) => typeof expected === 'object');
  it.each(named)('%s', async (route, { expected }) => {
    const outcome = await app.outcomeOf(() => app.get(`users/${route}`));

    expect(outcome.value).toMatchObject({ status: 200, body: 'answer' });
    expect(outcome.events).toEqual([{ ...(expected as object), eventName: 'Bought', eventData: {} }]);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  const nobody = Object.entries(rows).filter(([, { expected }]) => expected === 'nobody');
  it.each(nobody)('%s: nobody, so no event, and one warning however often', async (route) => {
    const warnedBefore = app.logger.at('warn').length;
    const outcome = await app.outcomeOf(async () => [await app.get(`users/${route}`), await app.get(`users/${route}`)]);

    expect(outcome.value).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(outcome.events).toEqual([]);
    expect(outcome.counts).toEqual(counts({ skipped: 2 }));
    expect(app.logger.at('warn').slice(warnedBefore)).toEqual([
      expect.stringContaining(`on Routes.${route}: no event`),
    ]);
  });

  const refused = Object.entries(rows).filter(([, { expected }]) => expected === 'refused');
  it.each(refused)('%s: refused, nobody else is put in the place of a wrong user', async (route) => {
    const outcome = await app.outcomeOf(() => app.get(`users/${route}`));

    expect(outcome.value).toMatchObject({ status: 200 });
    expect(outcome.events).toEqual([]);
    expect(outcome.counts).toEqual(counts({ refused: 1 }));
  });

  it('no event makes an error', () => {
    expect(app.logger.at('error')).toEqual([]);
  });
});
