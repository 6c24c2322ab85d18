import { accepted, attributes, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

/** The limit under which `smallEventCases` are tracked. */
export const SMALL_LIMIT = 1000;
const DEFAULT_LIMIT = 1_048_576;
const EPOCH = '1970-01-01T00:00:00+0000';

type Fill = (length: number) => object;

/** An event of exactly so many bytes of JSON. The filler's characters have one byte each. */
function eventOf(bytes: number, attributes: object = {}, fill: Fill = (length) => ({ Filler: ['x'.repeat(length)] })) {
  const without = Buffer.byteLength(JSON.stringify(eventWith({ eventData: { ...attributes, ...fill(0) } })));
  return eventWith({ eventData: { ...attributes, ...fill(bytes - without) } });
}

function tooLarge(limit: number, actual: string) {
  return violated('event', 'eventBytes', `at most ${limit} bytes of JSON`, actual);
}

function aroundLimit(limit: number, label: string, attributes: object, fill?: Fill): BoundaryCase[] {
  return [
    accepted(`${limit} bytes of ${label}`, () => eventOf(limit, attributes, fill)),
    refused(
      `${limit + 1} bytes of ${label}`,
      () => eventOf(limit + 1, attributes, fill),
      tooLarge(limit, `${limit + 1}`),
    ),
  ];
}

export const smallEventCases: readonly BoundaryCase[] = [
  ...aroundLimit(SMALL_LIMIT, 'plain text', {}),
  ...aroundLimit(SMALL_LIMIT, 'letters of two bytes', { Text: 'é'.repeat(100) }),
  ...aroundLimit(SMALL_LIMIT, 'characters of three bytes', { Text: '€'.repeat(100) }),
  ...aroundLimit(SMALL_LIMIT, 'emoji, of four bytes', { Text: '😀'.repeat(100) }),
  ...aroundLimit(SMALL_LIMIT, 'characters that JSON escapes', { Text: '\u0000"\\\n'.repeat(50) }),
  ...aroundLimit(SMALL_LIMIT, 'halves of emoji, which JSON escapes', { Text: '\ud800'.repeat(50) }),
  ...aroundLimit(SMALL_LIMIT, 'names', {}, (length) => ({ Item: { ['x'.repeat(length)]: {} } })),
  ...aroundLimit(SMALL_LIMIT, 'Numbers and Booleans', {
    List: Array.from({ length: 100 }, () => 1),
    Flags: [true, false],
  }),
  ...aroundLimit(SMALL_LIMIT, 'empty arrays and objects', { List: Array.from({ length: 100 }, () => [[], {}]) }),
  accepted(
    `${SMALL_LIMIT} bytes besides undefined attributes, which take none`,
    () => withUndefined(eventOf(SMALL_LIMIT)),
    () => eventOf(SMALL_LIMIT),
  ),
  refused(
    'a String that alone is larger',
    () => eventWith({ eventData: { Text: 'x'.repeat(990) } }),
    tooLarge(SMALL_LIMIT, '1'),
  ),
  refused(
    'an event that is larger and wrong, for both reasons',
    () => eventWith({ eventName: 'we_', eventData: { List: Array.from({ length: 1000 }, () => 'x') } }),
    violated('eventName', 'reservedPrefix'),
    tooLarge(SMALL_LIMIT, 'is larger'),
  ),
];

export const largeEventCases: readonly BoundaryCase[] = [
  ...aroundLimit(DEFAULT_LIMIT, 'one text in an array', {}),
  ...aroundLimit(DEFAULT_LIMIT, 'Numbers', { List: Array.from({ length: 400_000 }, (_, index) => index % 10) }),
  ...aroundLimit(DEFAULT_LIMIT, 'short Strings', { List: Array.from({ length: 200_000 }, () => 'x') }),
  ...aroundLimit(DEFAULT_LIMIT, 'Booleans', { List: Array.from({ length: 200_000 }, () => true) }),
  ...aroundLimit(DEFAULT_LIMIT, 'empty arrays', { List: Array.from({ length: 300_000 }, () => []) }),
  ...aroundLimit(DEFAULT_LIMIT, 'names', { Item: attributes(40_000, () => 0) }),
  accepted(
    `${DEFAULT_LIMIT} bytes of Dates`,
    () => withDates(eventOf(DEFAULT_LIMIT, { List: Array.from({ length: 30_000 }, () => EPOCH) })),
    () => eventOf(DEFAULT_LIMIT, { List: Array.from({ length: 30_000 }, () => EPOCH) }),
  ),
  refused(
    'ten megabytes in one String, for two reasons',
    () => eventWith({ eventData: { Text: 'x'.repeat(10_000_000) } }),
    tooLarge(DEFAULT_LIMIT, 'is larger'),
  ),
  refused(
    'ten megabytes in Strings of 999 characters',
    () => eventWith({ eventData: { List: Array.from({ length: 10_000 }, () => 'x'.repeat(999)) } }),
    tooLarge(DEFAULT_LIMIT, 'is larger'),
  ),
  refused(
    'ten megabytes of emoji in few characters',
    () => eventWith({ eventData: { List: ['😀'.repeat(500_000)] } }),
    tooLarge(DEFAULT_LIMIT, 'but has 20'),
  ),
  refused(
    'an array of a billion holes',
    () => eventWith({ eventData: { List: new Array(1e9) } }),
    tooLarge(DEFAULT_LIMIT, 'is larger'),
  ),
  refused(
    'arrays of a billion holes in an array',
    () => eventWith({ eventData: { List: [1, { inner: new Array(1e9) }] } }),
    tooLarge(DEFAULT_LIMIT, 'is larger'),
  ),
  refused(
    'a name of ten megabytes',
    () => eventWith({ eventData: { Item: { ['x'.repeat(10_000_000)]: 1 } } }),
    tooLarge(DEFAULT_LIMIT, 'is larger'),
  ),
];

/** Undefined attributes with names that would take far more bytes than the limit leaves. */
function withUndefined(event: Record<string, unknown>): Record<string, unknown> {
  const gone = attributes(20, () => undefined, 'an attribute whose value is gone');
  return { ...event, eventData: { ...gone, ...(event.eventData as object) } };
}

/** The same event with a Date in the place of each text that is one. */
function withDates(event: Record<string, unknown>): Record<string, unknown> {
  const eventData = event.eventData as { List: unknown[] };
  return { ...event, eventData: { ...eventData, List: eventData.List.map(() => new Date(0)) } };
}
