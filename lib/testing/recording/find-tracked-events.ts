import { DELIVERY } from '../../delivery/delivery-token.js';
import type { AnyClass } from '../../common/any-class.js';
import { describeValue } from '../../common/describe-value.js';
import { TypeConflicts } from '../../events/type-conflicts.js';
import { type EventMatch, matchesEvent } from '../../matching/event-match.js';
import { RecordingDelivery } from './recording.delivery.js';
import { TestingError } from '../errors/testing.error.js';
import { TrackedEvents } from './tracked-events.js';

type Token = symbol | AnyClass;

/** A Nest application, application context or testing module: all that is asked of it is `get()`. */
export interface TrackedApp {
  get(token: Token, options: { strict: false; each: true }): unknown;
}

/**
 * The events that an application tracked, for tests of an application with `WebEngageTestingModule`.
 *
 * @param account the `account` of one of several modules. Default: the unnamed one
 * @throws {TestingError} the application records no events of this account; it says why
 *
 * @example
 * const [first] = trackedEvents(app).named('Added to Cart');
 * expect(first.eventData).toMatchObject({ Price: 39.8 });
 */
export function trackedEvents(app: TrackedApp, account?: string): TrackedEvents {
  const deliveries = deliveriesOf(app);
  const recordings = deliveries.filter((delivery) => delivery instanceof RecordingDelivery);
  const ofAccount = recordings.filter((recording) => recording.account === account);
  if (ofAccount.length > 0) {
    const conflicts = provided(app, TypeConflicts).filter((one) => one instanceof TypeConflicts);
    return new TrackedEvents(
      ofAccount,
      conflicts.filter((one) => one.account === account),
    );
  }
  if (recordings.length > 0) throw new TestingError(unknownAccount(account, recordings));
  throw new TestingError(deliveries.length > 0 ? SENDS_FOR_REAL : NO_MODULE);
}

/** The names of other accounts of the application that recorded an event like this; undefined is the unnamed one. */
export function accountsThatTracked(
  app: TrackedApp,
  match: EventMatch,
  besides: string | undefined,
): (string | undefined)[] {
  return deliveriesOf(app)
    .filter((delivery) => delivery instanceof RecordingDelivery)
    .filter((recording) => recording.account !== besides)
    .filter((recording) => recording.events().some((event) => matchesEvent(event, match)))
    .map(({ account }) => account);
}

const HOW_TO_RECORD =
  "either add WebEngageTestingModule.forRoot() to the testing module's imports, or, where the application imports " +
  'WebEngageModule itself, build it by WebEngageTestingModule.override(Test.createTestingModule({ … })).compile()';
const SENDS_FOR_REAL = `The WebEngageModule of this application does not record its events, but sends them: ${HOW_TO_RECORD}`;
const NO_MODULE = `This application has no WebEngageModule: ${HOW_TO_RECORD}`;

function deliveriesOf(app: TrackedApp): unknown[] {
  if (typeof (app as Partial<TrackedApp> | null | undefined)?.get !== 'function') {
    throw new TestingError(`A Nest application or testing module is needed, but this is ${describeValue(app)}`);
  }
  return provided(app, DELIVERY);
}

function provided(app: TrackedApp, token: Token): unknown[] {
  try {
    return [app.get(token, { strict: false, each: true })].flat();
  } catch {
    // Nest throws where nobody provides it.
    return [];
  }
}

function unknownAccount(account: string | undefined, recordings: readonly RecordingDelivery[]): string {
  const wanted = account === undefined ? 'No events without an account' : `No events of the account "${account}"`;
  const names = recordings.map(({ account: name }) => (name === undefined ? 'the one without a name' : `"${name}"`));
  return `${wanted} are recorded in this application; it has these accounts: ${[...new Set(names)].join(', ')}`;
}
