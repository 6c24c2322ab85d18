import type { Choice } from './choice.js';

const GOOD = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const ODD_VALUES = [
  null,
  true,
  -0,
  1e308,
  42,
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x'.repeat(1_000),
  [],
  {},
  [[]],
  { a: null },
];
const FIELDS = ['userId', 'anonymousId', 'eventName', 'eventTime', 'eventData', '__proto__', 'constructor', 'toString'];

type Body = (choice: Choice) => Buffer | string;

const shapes: readonly [Body, ...Body[]] = [
  () => JSON.stringify(GOOD),
  // Broken off somewhere.
  (choice) => JSON.stringify(GOOD).slice(0, choice.number(0, 80)),
  (choice) => choice.bytes(choice.number(0, 200)),
  (choice) => damaged(Buffer.from(JSON.stringify(GOOD)), choice),
  (choice) => oddEvent(choice),
  (choice) => `{"events":[${Array.from({ length: choice.number(0, 40) }, () => oddEvent(choice)).join(',')}]}`,
  // Deep, closed and not.
  (choice) => '['.repeat(choice.number(1, 50_000)),
  (choice) => nested(choice.number(1, 2_000), choice.of(['[]', '{}'])),
  (choice) => nested(choice.number(1, 2_000), '{}').replaceAll('{', '{"eventData":').replace('{"eventData":}', '{}'),
  // Wide.
  (choice) => JSON.stringify({ ...GOOD, eventData: wide(choice.number(20, 2_000), choice) }),
  (choice) => JSON.stringify({ ...GOOD, eventName: 'x'.repeat(choice.number(1, 100_000)) }),
  // In another encoding.
  () => Buffer.from(JSON.stringify(GOOD), 'utf16le'),
  () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(GOOD))]),
  () => Buffer.from('{"userId":"\xff\xfe","eventName":"\xc3\x28"}', 'latin1'),
  () => '{"userId":"\\ud800","eventName":"\\udfff\\u0000","eventData":{"\\ud83d":"\\udc00"}}',
  () => '{"userId":"a","userId":{},"eventName":"b","eventName":"c","eventData":{"__proto__":{"x":1},"__proto__":2}}',
  () => '\u0000'.repeat(100),
  (choice) =>
    choice.of(['null', '[]', '"event"', '1e999', '-', 'NaN', '{"a":01}', "{'a':1}", '{"a":1,}', '\ufeff', '']),
];

export function oddBody(choice: Choice): Buffer {
  return Buffer.from(choice.of(shapes)(choice));
}

/** What the sandbox's own API might be asked by mistake or malice. None of it is a fault that could be at work. */
export function oddControlBody(choice: Choice): Buffer {
  if (choice.chance(0.5)) return oddBody(choice);
  const value = choice.of([null, '503', 0, -1, 1.5, 1e99, true, [], {}, 'x'.repeat(70_000)]);
  const field = choice.of([
    'status',
    'rate',
    'hang',
    'reset',
    'latency',
    'calls',
    'probability',
    'seed',
    '__proto__',
    'a',
  ]);
  const clock = choice.of([{ now: value }, { milliseconds: choice.of([1, -1, 1e15, value]) }]);
  return Buffer.from(JSON.stringify(choice.chance(0.5) ? { [field]: value, extra: 1 } : clock));
}

function oddEvent(choice: Choice): string {
  const changes = Array.from({ length: choice.number(1, 4) }, () => [
    choice.of(FIELDS as [string, ...string[]]),
    choice.of(ODD_VALUES as [unknown, ...unknown[]]),
  ]);
  return JSON.stringify({ ...GOOD, ...Object.fromEntries(changes) });
}

function nested(levels: number, brackets: string): string {
  const [open = '', close = ''] = brackets;
  const inner = open === '{' ? '{"a":' : open;
  return `${inner.repeat(levels)}1${close.repeat(levels)}`;
}

function wide(count: number, choice: Choice): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${choice.text(2)}${index}`,
      choice.of(ODD_VALUES as [unknown, ...unknown[]]),
    ]),
  );
}

function damaged(bytes: Buffer, choice: Choice): Buffer {
  for (let times = choice.number(1, 4); times > 0; times--)
    bytes[choice.number(0, bytes.length - 1)] = choice.number(0, 255);
  return bytes;
}
