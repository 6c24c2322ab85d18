import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type DeliveryStats,
  type Mappable,
  TrackEvent,
  type TrackEventContext,
  type TrackEventOptions,
} from 'nestjs-webengage';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

interface Fault extends TrackEventOptions {
  readonly eventName?: Mappable<string>;
}

const throwing = (): never => {
  throw new Error('this mapper is broken');
};
const rejecting = async (): Promise<never> => {
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('this mapper is broken');
};
const rejectingAtOnce = (): Promise<never> => Promise.reject(new Error('this mapper is broken'));
const unreadable = (): never => {
  throw Object.defineProperty(new Error(), 'stack', { get: throwing });
};
const brokenThenable = () => ({ then: throwing }) as unknown as Promise<never>;

/** Each makes no event, is counted as refused, and logged as an error. */
const failing: Record<string, Fault> = {
  eventNameThrows: { eventName: throwing },
  eventNameRejects: { eventName: rejecting },
  userIdThrows: { userId: throwing },
  userIdRejects: { userId: rejecting },
  anonymousIdThrows: { anonymousId: throwing },
  anonymousIdRejects: { anonymousId: rejecting },
  eventTimeThrows: { eventTime: throwing },
  eventTimeRejects: { eventTime: rejecting },
  eventDataThrows: { eventData: throwing },
  eventDataRejects: { eventData: rejecting },
  whenThrows: { when: throwing },
  whenRejects: { when: rejecting },
  eventDataThrowsWhenWanted: { when: async () => true, eventData: throwing },
  eventDataRejectsWhenWanted: { when: async () => true, eventData: rejecting },
  identifyThrows: { userId: () => null },
  identifyRejects: { userId: () => null },
  identifyThrowsLater: { userId: async () => null },
  identifyRejectsLater: { userId: async () => null },
  allReject: { eventName: rejecting, userId: rejecting, eventTime: rejecting, eventData: rejecting, when: rejecting },
  allRejectAtOnce: { eventName: rejectingAtOnce, userId: rejectingAtOnce, eventData: rejectingAtOnce },
  eventNameRejectsAndEventDataThrows: { eventName: rejecting, eventData: throwing },
  eventDataRejectsAndUserIdThrows: { eventData: rejectingAtOnce, userId: throwing },
  userIdRejectsAndAnonymousIdThrows: { userId: rejecting, anonymousId: throwing },
  eventDataRejectsAndIdentifyThrows: { eventData: rejecting, userId: () => null },
  rejectsAndThrowsWhenWanted: { when: async () => true, eventName: rejecting, eventData: throwing },
  throwsAnUnreadableError: { eventData: unreadable },
  throwsAnErrorWithAStrangeStack: {
    eventData: () => {
      throw Object.assign(new Error(), { stack: Symbol('stack') });
    },
  },
  throwsUndefined: {
    eventData: () => {
      throw undefined;
    },
  },
  returnsABrokenThenable: { eventData: brokenThenable },
};

/** Each makes no event, because somebody said so; nothing is wrong. */
const unwanted: Record<string, Fault> = {
  whenIsFalse: { when: false },
  whenAnswersFalse: { when: () => false, eventData: throwing },
  whenResolvesToFalse: { when: async () => false },
  whenAnswersNull: { when: () => null },
  whenAnswersUndefined: { when: () => undefined },
  whenResolvesToUndefined: { when: async () => undefined },
  whenResolvesToFalseAndEventDataThrows: { when: async () => false, eventData: throwing },
  whenResolvesToFalseAndEventDataRejects: { when: async () => false, eventData: rejecting },
  whenResolvesToFalseAndIdentifyRejects: { when: async () => false, userId: () => null },
};

/** Each makes an event that breaks a rule; `violation` is what the warning says of it. */
const refused: Record<string, Fault & { readonly violation: string }> = {
  longName: { eventName: 'x'.repeat(50), violation: 'eventName must be shorter than 50 characters' },
  systemName: { eventName: () => 'app_installed', violation: 'eventName' },
  noName: { eventName: () => null, violation: 'eventName' },
  numericUserId: { userId: (() => 42) as never, violation: 'userId must be a String, but is a Number' },
  blankUserId: { userId: async () => ' ', violation: 'userId' },
  nullAttribute: { eventData: () => ({ Price: null }) as never, violation: 'eventData["Price"]' },
  noTime: { eventTime: async () => 'yesterday', violation: 'eventTime' },
};

/** Each makes its event all the same: nobody needs to hear of what went wrong. */
const harmless: Record<string, Fault> = {
  identifyThrowsUnasked: {},
  identifyRejectsUnasked: { userId: async () => 'johndoe' },
  identifyThrowsUnaskedLater: { userId: async () => 'johndoe' },
};

const faults: Record<string, Fault> = { ...failing, ...unwanted, ...refused, ...harmless };
const handle = () => ({ sku: 'cologne', price: 39.8 });
const plain = routesController('plain', Object.fromEntries(Object.keys(faults).map((name) => [name, []])), handle);
const decorated = routesController(
  'decorated',
  Object.fromEntries(
    Object.entries(faults).map(([name, { eventName = 'Viewed', ...options }]) => [
      name,
      [TrackEvent(eventName, { userId: 'johndoe', ...options })],
    ]),
  ),
  handle,
);

function identify({ executionContext }: TrackEventContext) {
  const handler = executionContext.getHandler().name.toLowerCase();
  if (handler.includes('identifyreject')) return rejecting();
  if (handler.includes('identifythrow')) return throwing();
  return { userId: 'known to the module' };
}

expectNoUnobservedErrors();

describe.each(platforms)('whatever goes wrong with an event on %s, the response stays the same', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    app = await startTrackedApp(platform, { controllers: [plain, decorated] }, { identify });
  });

  afterAll(() => app.close());

  async function expectNoEvent(route: string, expectedCounts: Partial<DeliveryStats>) {
    const linesBefore = app.logger.lines.length;
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));

    expect(expected.status).toBe(200);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual([]);
    expect(outcome.counts).toEqual(counts(expectedCounts));
    return app.logger.lines.slice(linesBefore);
  }

  it.each(Object.keys(failing))('%s: counted as refused, with one error that names the handler', async (route) => {
    const lines = await expectNoEvent(route, { refused: 1 });

    expect(lines).toEqual([{ level: 'error', text: expect.stringContaining(`@TrackEvent() on Routes.${route}: `) }]);
  });

  it.each(Object.keys(unwanted))('%s: counted as skipped, without a word', async (route) => {
    expect(await expectNoEvent(route, { skipped: 1 })).toEqual([]);
  });

  it.each(Object.entries(refused))('%s: counted as refused, with one warning that says why', async (route, fault) => {
    const lines = await expectNoEvent(route, { refused: 1 });

    expect(lines).toEqual([{ level: 'warn', text: expect.stringContaining(fault.violation) }]);
  });

  it.each(Object.keys(harmless))('%s: makes its event all the same', async (route) => {
    const linesBefore = app.logger.lines.length;
    const expected = await app.get(`plain/${route}`);
    const outcome = await app.outcomeOf(() => app.get(`decorated/${route}`));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
    expect(app.logger.lines.slice(linesBefore)).toEqual([]);
  });
});
