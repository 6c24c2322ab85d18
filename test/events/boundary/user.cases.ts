import { accepted, type BoundaryCase, eventWith, refused, violated } from './boundary-case.js';

const GOOD: readonly [label: string, identifier: string][] = [
  ['one character', '0'],
  ['100 characters', 'u'.repeat(100)],
  ['50 emoji, which are 100 UTF-16 units', '😀'.repeat(50)],
  ['an email address', 'john.doe+tag@example.com'],
  ['digits', '1234567890123456789012'],
  ['the prefix that only names may not have', 'we_john'],
  ['white space around it, which stays', ' john '],
];

const BAD: readonly [label: string, identifier: unknown, rule: 'length' | 'blank' | 'type', ...says: string[]][] = [
  ['101 characters', 'u'.repeat(101), 'length', 'at most 100 characters', 'but has 101'],
  ['51 emoji, which are 102 UTF-16 units', '😀'.repeat(51), 'length', 'at most 100 characters', 'but has 102'],
  ['ten million characters', 'u'.repeat(10_000_000), 'length', 'at most 100 characters', 'but has 10000000'],
  ['an empty String', '', 'blank', 'is empty'],
  ['a space', ' ', 'blank', 'is only white space'],
  ['an ideographic space', '\u3000', 'blank', 'is only white space'],
  ['a byte order mark', '\ufeff', 'blank', 'is only white space'],
  ['a number', 42, 'type', 'must be a String', 'is a Number'],
  ['zero', 0, 'type', 'must be a String', 'is a Number'],
  ['NaN', NaN, 'type', 'must be a String', 'is NaN'],
  ['a bigint', 42n, 'type', 'must be a String', 'is a bigint'],
  ['false', false, 'type', 'must be a String', 'is a Boolean'],
  ['null', null, 'type', 'must be a String', 'is null'],
  ['an object', { id: 'johndoe' }, 'type', 'must be a String', 'is an Object'],
  ['an array', ['johndoe'], 'type', 'must be a String', 'is an Array'],
  ['a boxed String', new String('johndoe'), 'type', 'must be a String', 'is an instance of String'],
  ['a symbol', Symbol('johndoe'), 'type', 'must be a String', 'is a symbol'],
];

const onlyAnonymous = (anonymousId: unknown) => () => eventWith({ userId: undefined, anonymousId });

export const userCases: readonly BoundaryCase[] = [
  ...GOOD.flatMap(([label, identifier]) => [
    accepted(`a userId of ${label}`, () => eventWith({ userId: identifier })),
    accepted(`an anonymousId of ${label}`, onlyAnonymous(identifier), () => withoutUser(identifier)),
  ]),
  ...BAD.flatMap(([label, identifier, rule, ...says]) => [
    refused(`${label} as userId`, () => eventWith({ userId: identifier }), violated('userId', rule, ...says)),
    refused(`${label} as anonymousId`, onlyAnonymous(identifier), violated('anonymousId', rule, ...says)),
  ]),
  accepted(
    'both identifiers, and leaves the anonymousId out',
    () => eventWith({ anonymousId: 'anonymous' }),
    () => eventWith({}),
  ),
  accepted(
    'a userId and an undefined anonymousId',
    () => eventWith({ anonymousId: undefined }),
    () => eventWith({}),
  ),
  refused(
    'neither',
    () => eventWith({ userId: undefined }),
    violated('userId', 'required', 'or anonymousId is mandatory', 'both are undefined'),
  ),
  refused(
    'a wrong anonymousId, though the userId is right',
    () => eventWith({ anonymousId: '' }),
    violated('anonymousId', 'blank', 'is empty'),
  ),
  refused(
    'a wrong userId, though the anonymousId is right',
    () => eventWith({ userId: null, anonymousId: 'anonymous' }),
    violated('userId', 'type', 'is null'),
  ),
  refused(
    'both identifiers wrong, for two reasons',
    () => eventWith({ userId: '', anonymousId: 7 }),
    violated('userId', 'blank', 'is empty'),
    violated('anonymousId', 'type', 'is a Number'),
  ),
];

function withoutUser(anonymousId: string): object {
  const event = eventWith({ anonymousId });
  delete event.userId;
  return event;
}
