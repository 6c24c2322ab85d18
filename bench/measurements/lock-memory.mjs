import { collectedMemory, peakMegabytes } from '../support/memory.mjs';

const WARM_UP = 20_000;
const VALUES = [1, 'Fragrance', true, '2018-09-15T18:29:00+0000'];
const OTHER_VALUE = { of: 'another type' };

/** Takes every event and keeps nothing of it: what grows is not delivery. */
const keepNothing = () => ({
  checkRoom() {},
  accept: (envelopes) => envelopes.map(() => 'accepted'),
  drain() {},
  close() {},
});

/**
 * The memory that the types of many attributes take: each event and each attribute has a name of its own.
 *
 * @param {{ events: number, attributes: number, nameLength: number }} parameters `attributes`: those of one event
 * @returns in megabytes, what the heap and the resident set grew by, garbage being collected before and after; how far the
 *   resident set was above it with the garbage of tracking; and how many attributes were found to be locked
 */
export async function measureLockMemory(library, { origin, events: count, attributes, nameLength }) {
  const { events } = await library.open({ origin, delivery: keepNothing });
  const track = (event, valueOf) => events.track(wideEvent({ event, attributes, nameLength, valueOf }));
  const valueOf = (attribute) => VALUES[attribute % VALUES.length];

  for (let call = 0; call < WARM_UP; call++) await track(0, valueOf);
  const before = await collectedMemory();
  for (let event = 0; event < count; event++) await track(event, valueOf);
  const peak = peakMegabytes();
  const after = await collectedMemory();
  for (let event = 0; event < count; event++) await track(event, () => OTHER_VALUE);
  return {
    sent: 0,
    heapMegabytes: after.heapMegabytes - before.heapMegabytes,
    residentMegabytes: after.residentMegabytes - before.residentMegabytes,
    peakMegabytes: peak - before.residentMegabytes,
    // Of these, every locked attribute of every event was in conflict once.
    locked: events.stats().typeConflicts,
  };
}

function wideEvent({ event, attributes, nameLength, valueOf }) {
  const eventData = {};
  for (let attribute = 0; attribute < attributes; attribute++) {
    eventData[nameOf(`${event} ${attribute}`, nameLength)] = valueOf(attribute);
  }
  return { userId: 'johndoe', eventName: nameOf(`${event}`, nameLength), eventData };
}

function nameOf(text, length) {
  return `No ${text}`.padEnd(length, '.');
}
