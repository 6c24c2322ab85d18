import { accepted, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

/** A value of so many arrays and objects, one inside the other. */
function nested(levels: number, outermost: 'array' | 'object'): unknown {
  if (levels === 0) return 'core';
  return outermost === 'array' ? [nested(levels - 1, 'object')] : { in: nested(levels - 1, 'array') };
}

function arrays(levels: number, core: unknown = 1): unknown {
  return levels === 0 ? core : [arrays(levels - 1, core)];
}

const withValue = (make: () => unknown) => () => eventWith({ eventData: { Value: make() } });
const TOO_DEEP = ['must not be nested deeper than 10 levels', 'is at level 11'];
const CYCLE = 'must not lead back to an object that holds it';

/** An object graph whose JSON would have 50 to the power of 9 leaves, though it has ten arrays. */
function doublingGraph(): unknown {
  let graph: unknown = 'leaf';
  for (let level = 0; level < 9; level++)
    graph = Array.from(
      { length: 50 },
      (
        (shared) => () =>
          shared
      )(graph),
    );
  return graph;
}

export const structureCases: readonly BoundaryCase[] = [
  accepted(
    'ten levels of arrays',
    withValue(() => arrays(10)),
  ),
  accepted(
    'ten levels that begin with an array',
    withValue(() => nested(10, 'array')),
  ),
  accepted(
    'ten levels that begin with an object',
    withValue(() => nested(10, 'object')),
  ),
  accepted(
    'a Date below ten levels',
    withValue(() => arrays(10, new Date(0))),
    withValue(() => arrays(10, '1970-01-01T00:00:00+0000')),
  ),
  refused(
    'eleven levels of arrays',
    withValue(() => arrays(11)),
    violated(`eventData["Value"]${'[0]'.repeat(10)}`, 'nestingLevels', ...TOO_DEEP),
  ),
  refused(
    'eleven levels that begin with an object',
    withValue(() => nested(11, 'object')),
    violated(`eventData["Value"]${'["in"][0]'.repeat(5)}`, 'nestingLevels', ...TOO_DEEP),
  ),
  refused(
    'an empty object on the eleventh level',
    withValue(() => JSON.parse(`${'['.repeat(10)}{}${']'.repeat(10)}`)),
    violated(`eventData["Value"]${'[0]'.repeat(10)}`, 'nestingLevels', ...TOO_DEEP),
  ),
  refused(
    '100,000 levels',
    withValue(() => {
      let deep: unknown = 1;
      for (let level = 0; level < 100_000; level++) deep = [deep];
      return deep;
    }),
    violated(`eventData["Value"]${'[0]'.repeat(10)}`, 'nestingLevels', ...TOO_DEEP),
  ),
  refused(
    'an array in itself',
    withValue(() => {
      const loop: unknown[] = [1];
      loop.push(loop);
      return loop;
    }),
    violated('eventData["Value"][1]', 'cycle', CYCLE),
  ),
  refused(
    'an object in itself',
    withValue(() => {
      const loop: Record<string, unknown> = {};
      loop.self = loop;
      return loop;
    }),
    violated('eventData["Value"]["self"]', 'cycle', CYCLE),
  ),
  refused(
    'a way back through an array and an object',
    withValue(() => {
      const order: Record<string, unknown> = { id: 1 };
      order.lines = [{ order }];
      return order;
    }),
    violated('eventData["Value"]["lines"][0]["order"]', 'cycle', CYCLE),
  ),
  refused(
    'eventData as its own attribute',
    () => {
      const eventData: Record<string, unknown> = { Price: 1 };
      eventData.Self = eventData;
      return eventWith({ eventData });
    },
    violated('eventData["Self"]', 'cycle', CYCLE),
  ),
  refused(
    'eventData deep in its own attribute',
    () => {
      const eventData: Record<string, unknown> = {};
      eventData.Items = [{ all: eventData }];
      return eventWith({ eventData });
    },
    violated('eventData["Items"][0]["all"]', 'cycle', CYCLE),
  ),
  refused(
    'two ways back, for two reasons',
    withValue(() => {
      const loop: Record<string, unknown> = {};
      return Object.assign(loop, { left: loop, right: [loop] });
    }),
    violated('eventData["Value"]["left"]', 'cycle', CYCLE),
    violated('eventData["Value"]["right"][0]', 'cycle', CYCLE),
  ),
  accepted('one object in two attributes', () => {
    const shared = { city: 'Mumbai', tags: ['home'] };
    return eventWith({ eventData: { Billing: shared, Shipping: shared, Both: [shared, shared, { again: shared }] } });
  }),
  accepted('one object within and beside an array', () => {
    const shared = {};
    const list = [shared, shared];
    return eventWith({ eventData: { List: list, Item: shared, Lists: [list, list, shared] } });
  }),
  accepted('a diamond of shared objects', () => {
    const bottom = { price: 1 };
    return eventWith({ eventData: { Top: { left: { bottom }, right: { bottom } } } });
  }),
  refused(
    'a small graph of shared objects with an endless JSON',
    withValue(doublingGraph),
    violated('event', 'eventBytes', 'at most 1048576 bytes of JSON', 'is larger'),
  ),
];
