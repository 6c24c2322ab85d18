import { SYSTEM_EVENTS } from '../../support/system-event-names.js';
import { accepted, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

const named = (eventName: unknown) => () => eventWith({ eventName });
const withAttribute = (name: string) => () => eventWith({ eventData: { [name]: 1 } });

const TOO_LONG = 'must be shorter than 50 characters';
const RESERVED = 'must not start with "we_"';
const COMBINED = 'e\u0301';

const BLANKS: readonly [label: string, name: string, actual: string][] = [
  ['an empty name', '', 'is empty'],
  ['a space', ' ', 'is only white space'],
  ['tabs and line ends', '\t\n\r\v\f', 'is only white space'],
  ['a no-break space', '\u00a0', 'is only white space'],
  ['ideographic and em spaces', '\u3000\u2003', 'is only white space'],
  ['a byte order mark', '\ufeff', 'is only white space'],
  ['line and paragraph separators', '\u2028\u2029', 'is only white space'],
];

const LONG: readonly [label: string, name: string, length: number][] = [
  ['50 characters', 'x'.repeat(50), 50],
  ['25 emoji, which are 50 UTF-16 units', '😀'.repeat(25), 50],
  ['25 letters with combining accents, which are 50', COMBINED.repeat(25), 50],
  ['an emoji that ends at the 50th unit', `${'x'.repeat(48)}😀`, 50],
  ['a million characters', 'x'.repeat(1_000_000), 1_000_000],
];

const GOOD: readonly [label: string, name: string][] = [
  ['one character', 'x'],
  ['49 characters', 'x'.repeat(49)],
  ['24 emoji and a letter, which are 49 UTF-16 units', `${'😀'.repeat(24)}x`],
  ['24 letters with combining accents and a letter, which are 49', `${COMBINED.repeat(24)}x`],
  ['we without an underscore', 'we'],
  ['WE_ in upper case', 'WE_Signup'],
  ['We_ in title case', 'We_Signup'],
  ['we_ after a space', ' we_Signup'],
  ['we_ further on', 'Do we_ agree'],
  ['white space around it, which stays', '  Padded\t'],
  ['quotes, backslashes and control characters', '"a"\\b\n\u0000\u2028'],
  ['half of an emoji', 'half \ud83d'],
  ['the name of something that every object has', 'toString'],
  ['__proto__', '__proto__'],
];

export const eventNameCases: readonly BoundaryCase[] = [
  ...GOOD.map(([label, name]) => accepted(`an event name of ${label}`, named(name))),
  accepted("a system event's name in upper case", named('APP_INSTALLED')),
  accepted("a system event's name with a space after it", named('app_installed ')),
  accepted("a system event's name with spaces instead of underscores", named('app installed')),
  ...LONG.map(([label, name, length]) =>
    refused(`an event name of ${label}`, named(name), violated('eventName', 'length', TOO_LONG, `but has ${length}`)),
  ),
  ...BLANKS.map(([label, name, actual]) =>
    refused(`an event name of ${label}`, named(name), violated('eventName', 'blank', `but ${actual}`)),
  ),
  refused(
    'an event name of 50 spaces, for two reasons',
    named(' '.repeat(50)),
    violated('eventName', 'blank', 'only white space'),
    violated('eventName', 'length', TOO_LONG, 'but has 50'),
  ),
  ...['we_', 'we_Signup', 'we_ Signup'].map((name) =>
    refused(`the event name ${name}`, named(name), violated('eventName', 'reservedPrefix', RESERVED, `is "${name}"`)),
  ),
  refused(
    'a reserved event name of 50 characters, for two reasons',
    named(`we_${'x'.repeat(47)}`),
    violated('eventName', 'length', TOO_LONG, 'but has 50'),
    violated('eventName', 'reservedPrefix', RESERVED),
  ),
  refused('no event name', named(undefined), violated('eventName', 'required', 'is undefined')),
  ...(
    [
      ['null', null, 'null'],
      ['a number', 42, 'a Number'],
      ['NaN', NaN, 'NaN'],
      ['a boolean', true, 'a Boolean'],
      ['a bigint', 1n, 'a bigint'],
      ['a symbol', Symbol('name'), 'a symbol'],
      ['a function', () => 'Signup', 'a function'],
      ['an object', {}, 'an Object'],
      ['an array', ['Signup'], 'an Array'],
      ['a boxed String', new String('Signup'), 'an instance of String'],
    ] as const
  ).map(([label, name, actual]) =>
    refused(`${label} as event name`, named(name), violated('eventName', 'type', 'must be a String', `is ${actual}`)),
  ),
];

export const systemEventCases: readonly BoundaryCase[] = SYSTEM_EVENTS.map((name) =>
  refused(`the system event ${name}`, named(name), violated('eventName', 'systemEvent', `is "${name}"`)),
);

export const attributeNameCases: readonly BoundaryCase[] = [
  ...GOOD.map(([label, name]) => accepted(`an attribute name of ${label}`, withAttribute(name))),
  accepted("a system event's name as attribute name", withAttribute('app_installed')),
  accepted('names that differ in case only', () => eventWith({ eventData: { price: 1, Price: 2, PRICE: 3 } })),
  accepted('any name within an attribute', () =>
    eventWith({ eventData: { Item: { we_id: 1, '': 2, ' ': 3, ['x'.repeat(60)]: { we_: 4 } } } }),
  ),
  ...LONG.map(([label, name, length]) =>
    refused(
      `an attribute name of ${label}`,
      withAttribute(name),
      violated(attributePath(name), 'length', TOO_LONG, `but has ${length}`),
    ),
  ),
  ...BLANKS.map(([label, name, actual]) =>
    refused(
      `an attribute name of ${label}`,
      withAttribute(name),
      violated(attributePath(name), 'blank', `but ${actual}`),
    ),
  ),
  refused(
    'the attribute name we_',
    withAttribute('we_'),
    violated('eventData["we_"]', 'reservedPrefix', RESERVED, 'is "we_"'),
  ),
  refused(
    'a reserved attribute name of 50 characters with a wrong value, for three reasons',
    () => eventWith({ eventData: { [`we_${'x'.repeat(47)}`]: null } }),
    violated(attributePath(`we_${'x'.repeat(47)}`), 'length', TOO_LONG, 'but has 50'),
    violated(attributePath(`we_${'x'.repeat(47)}`), 'reservedPrefix', RESERVED),
    violated(attributePath(`we_${'x'.repeat(47)}`), 'dataType', 'is null'),
  ),
];

/** A path shows at most 60 characters of a name. */
function attributePath(name: string): string {
  return `eventData[${JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)}]`;
}
