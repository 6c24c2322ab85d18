import { accepted, type BoundaryCase, eventWith, refused, TIME, violated } from './boundary-case.js';
import { revoked, thrower, unreadable, unspeakableError, withThrowingGetter } from './hostile-values.js';

const withData = (make: () => unknown) => () => eventWith({ eventData: make() });
const withValue = (make: () => unknown) => withData(() => ({ Before: 1, Value: make(), After: 'x' }));

const THROWN: readonly [label: string, thrown: unknown, says: string][] = [
  ['an Error', new RangeError('out of reach'), 'RangeError: out of reach'],
  ['a String', 'out', 'a String was thrown'],
  ['undefined', undefined, 'undefined was thrown'],
  ['null', null, 'null was thrown'],
  ['a symbol', Symbol('s'), 'a symbol was thrown'],
  ['an object', {}, 'an Object was thrown'],
  ['a revoked Proxy', revoked({}), 'something unreadable was thrown'],
  ['an Error without a readable message', unspeakableError(), 'something unreadable was thrown'],
];

export const getterCases: readonly BoundaryCase[] = [
  ...['eventName', 'eventTime', 'eventData'].map((field) =>
    refused(
      `a getter of ${field} that throws`,
      () => withThrowingGetter(eventWith({}), field),
      unreadable(field, 'Error: trapped'),
    ),
  ),
  refused(
    'a getter of userId that throws, though the anonymousId is right',
    () => withThrowingGetter(eventWith({ anonymousId: 'anonymous' }), 'userId'),
    unreadable('userId', 'Error: trapped'),
  ),
  refused(
    'a getter of anonymousId that throws, though the userId is right',
    () => withThrowingGetter(eventWith({}), 'anonymousId'),
    unreadable('anonymousId', 'Error: trapped'),
  ),
  refused(
    'a getter of the only identifier that throws',
    () => withThrowingGetter(eventWith({}), 'userId'),
    unreadable('userId', 'Error: trapped'),
  ),
  refused(
    'a getter of an attribute that throws',
    withData(() => withThrowingGetter({ Good: 1 }, 'Bad')),
    unreadable('eventData["Bad"]', 'Error: trapped'),
  ),
  refused(
    'a getter within an object that throws',
    withValue(() => [withThrowingGetter({}, 'bad')]),
    unreadable('eventData["Value"][0]["bad"]', 'Error: trapped'),
  ),
  refused(
    'a getter of an array index that throws',
    withValue(() => Object.defineProperty([1, 2], 1, { get: thrower() })),
    unreadable('eventData["Value"][1]', 'Error: trapped'),
  ),
  refused(
    'two getters that throw and a wrong attribute between them, for three reasons',
    withData(() => {
      const data: Record<string, unknown> = withThrowingGetter({}, 'First');
      data.Wrong = null;
      return withThrowingGetter(data, 'Last');
    }),
    unreadable('eventData["First"]'),
    violated('eventData["Wrong"]', 'dataType', 'is null'),
    unreadable('eventData["Last"]'),
  ),
  refused(
    'one object with a getter that throws in two places, without taking it for a cycle',
    withData(() => {
      const shared = withThrowingGetter({}, 'bad');
      return { First: [{ shared }], Second: shared };
    }),
    unreadable('eventData["First"][0]["shared"]["bad"]'),
    unreadable('eventData["Second"]["bad"]'),
  ),
  ...THROWN.map(([label, thrown, says]) =>
    refused(
      `a getter that throws ${label}`,
      withData(() => Object.defineProperty({ Good: 1 }, 'Bad', { enumerable: true, get: thrower(thrown) })),
      unreadable('eventData["Bad"]', says),
    ),
  ),
  refused(
    'a getter that calls itself without end',
    withData(() => ({
      get Bad(): unknown {
        return (this as { Bad: unknown }).Bad;
      },
    })),
    unreadable('eventData["Bad"]', 'RangeError'),
  ),
  refused(
    'a getter that answers a new object without end',
    withData(endless),
    violated(`eventData${'["more"]'.repeat(11)}`, 'nestingLevels', 'at level 11'),
  ),
  accepted(
    'getters that answer the right values',
    () => ({
      get userId() {
        return 'johndoe';
      },
      get eventName() {
        return 'Added to Cart';
      },
      get eventTime() {
        return TIME;
      },
      get eventData() {
        return Object.defineProperty({}, 'Price', { enumerable: true, get: () => 39.8 });
      },
    }),
    () => eventWith({ eventData: { Price: 39.8 } }),
  ),
  accepted(
    'fields and getters that a class inherits, but no attributes of that kind',
    () => new InheritingEvent(),
    () => eventWith({ eventData: { Price: 1 } }),
  ),
];

function endless(): object {
  return {
    get more() {
      return endless();
    },
  };
}

class BaseEvent {
  get userId() {
    return 'johndoe';
  }
}

class InheritingEvent extends BaseEvent {
  readonly eventTime = TIME;
  readonly eventData = Object.assign(Object.create(Object.assign(Object.create(null), { Hidden: 1 })), { Price: 1 });

  get eventName() {
    return 'Added to Cart';
  }
}
