import { describe, expect, it } from '@jest/globals';
import { parseStrictJson } from '../support/strict-json.js';
import { SYSTEM_EVENTS } from '../support/system-event-names.js';
import { isDate, wireBreaches } from '../support/wire-checker.js';

const HEADERS = {
  'x-request-id': '0123456789abcdef0123456789abcdef',
  'content-type': 'application/json',
  authorization: 'Bearer key',
};
const DOCUMENTED =
  '{"userId":"johndoe","eventName":"Added to Cart","eventTime":"2018-09-15T18:29:00-0800","eventData":' +
  '{"Product ID":1337,"Price":39.80,"Quantity":1,"Product":"Givenchy Pour Homme Cologne","Category":"Fragrance","Currency":"USD"}}';

function breachesOf(body: string | Uint8Array, headers: Record<string, string | undefined> = HEADERS): string[] {
  return wireBreaches({ headers, body: typeof body === 'string' ? Buffer.from(body) : body });
}

/** The documented event with some fields replaced; an undefined one is left out. */
function bodyWith(fields: object): string {
  return JSON.stringify({ ...JSON.parse(DOCUMENTED), ...fields });
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : levels % 2 ? [nested(levels - 1)] : { deeper: nested(levels - 1) };
}

function attributes(count: number, value: unknown): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`Attribute ${index}`, value]));
}

describe('the wire checker', () => {
  it("finds nothing wrong with WebEngage's documented example", () => {
    expect(breachesOf(DOCUMENTED)).toEqual([]);
  });

  it.each([
    ['the longest names and Strings', { eventName: 'x'.repeat(49), eventData: { ['y'.repeat(49)]: 'z'.repeat(999) } }],
    ['ten levels', { eventData: { Deep: nested(10) } }],
    ['25 Strings and 25 Dates', { eventData: { ...attributes(25, 'x'), when: [], Day: '2020-02-29T00:00:00+0530' } }],
    ['an anonymous user', { userId: undefined, anonymousId: 'a'.repeat(100) }],
    ['no attributes', { eventData: undefined }],
    ['long Strings and free names below the attributes', { eventData: { Item: { we_x: 'y'.repeat(5000), '': 1 } } }],
  ])('finds nothing wrong with %s', (_, fields) => {
    expect(breachesOf(bodyWith(fields))).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['no user', { userId: undefined }, 'userId and anonymousId: 0 of them instead of one'],
    ['two users', { anonymousId: 'a' }, 'userId and anonymousId: 2 of them instead of one'],
    ['a long userId', { userId: 'u'.repeat(101) }, 'userId: 101 characters'],
    ['a blank userId', { userId: '\u3000' }, 'userId: blank'],
    ['a number as userId', { userId: 1 }, 'userId: not a String'],
    ['null as anonymousId', { userId: undefined, anonymousId: null }, 'anonymousId: not a String'],
    ['a long name', { eventName: '😀'.repeat(25) }, 'eventName: 50 characters'],
    ['a reserved name', { eventName: 'we_x' }, 'eventName: reserved prefix'],
    ['a blank name', { eventName: ' ' }, 'eventName: blank'],
    ['no name', { eventName: undefined }, 'eventName: not a String'],
    ['a system event', { eventName: 'rcs_read' }, 'eventName: a system event'],
    ['no time', { eventTime: undefined }, 'eventTime: no real time as documented'],
    ['a number as time', { eventTime: 1 }, 'eventTime: no real time as documented'],
    ['milliseconds', { eventTime: '2018-09-15T18:29:00.000+0000' }, 'eventTime: no real time as documented'],
    ['an unknown field', { eventdata: {} }, 'eventdata: no field of an event'],
    ['null for attributes', { eventData: null }, 'eventData: null instead of an object'],
    ['an array for attributes', { eventData: [] }, 'eventData: array instead of an object'],
    ['a null attribute', { eventData: { A: null } }, 'eventData "A": null'],
    ['null deeper down', { eventData: { A: [{ b: [0, null] }] } }, 'eventData "A" 0 "b" 1: null'],
    ['a long attribute name', { eventData: { ['x'.repeat(50)]: 1 } }, `eventData "${'x'.repeat(50)}": 50 characters`],
    ['a reserved attribute name', { eventData: { we_a: 1 } }, 'eventData "we_a": reserved prefix'],
    ['an empty attribute name', { eventData: { '': 1 } }, 'eventData "": blank'],
    ['a long String', { eventData: { A: 'x'.repeat(1000) } }, 'eventData "A": a String of 1000 characters'],
    ['11 levels', { eventData: { A: nested(11) } }, `eventData "A"${' 0 "deeper"'.repeat(5)}: nested too deep`],
    ['26 Strings', { eventData: attributes(26, 'x') }, 'eventData: 26 attributes of the type string'],
    ['26 Numbers', { eventData: attributes(26, 1) }, 'eventData: 26 attributes of the type number'],
    ['26 Booleans', { eventData: attributes(26, true) }, 'eventData: 26 attributes of the type boolean'],
    [
      '26 Dates',
      { eventData: attributes(26, '2020-02-29T00:00:00+0000') },
      'eventData: 26 attributes of the type date',
    ],
    ['26 arrays', { eventData: attributes(26, []) }, 'eventData: 26 attributes of the type array'],
    ['26 objects', { eventData: attributes(26, {}) }, 'eventData: 26 attributes of the type object'],
  ])('finds %s', (_, fields, breach) => {
    expect(breachesOf(bodyWith(fields))).toEqual([breach]);
  });

  it.each([
    ['a repeated field', DOCUMENTED.replace('{', '{"userId":"jane",'), 'body: "userId" more than once'],
    ['a repeated attribute', DOCUMENTED.replace('{"Pro', '{"Price":1,"Pro'), 'eventData: "Price" more than once'],
    [
      'a repeated name spelled otherwise',
      DOCUMENTED.replace('{', '{"user\\u0049d":"jane",'),
      'body: "userId" more than',
    ],
    [
      'an endless number',
      DOCUMENTED.replace('1337', '1e999'),
      'eventData "Product ID": a number that nothing can hold',
    ],
    ['no object', '[]', 'body: array instead of an object'],
    ['broken JSON', DOCUMENTED.slice(0, -1), 'body: no JSON in UTF-8: SyntaxError'],
    ['an empty body', '', 'body: no JSON in UTF-8: SyntaxError'],
    ['a byte order mark', '\ufeff' + DOCUMENTED, 'body: no JSON in UTF-8: SyntaxError'],
    ['bytes that are no UTF-8', Buffer.from(DOCUMENTED.replace('USD', 'é'), 'latin1'), 'body: no JSON in UTF-8: TypeE'],
  ])('finds %s', (_, body, breach) => {
    expect(breachesOf(body)).toEqual([expect.stringContaining(breach)]);
  });

  it('finds a body that is too large', () => {
    const request = { headers: HEADERS, body: Buffer.from(DOCUMENTED) };
    expect(wireBreaches(request, { maxEventBytes: DOCUMENTED.length })).toEqual([]);
    const limit = DOCUMENTED.length - 1;
    const breach = `body: ${DOCUMENTED.length} bytes, more than ${limit}`;
    expect(wireBreaches(request, { maxEventBytes: limit })).toEqual([breach]);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['no request id', { 'x-request-id': undefined }, 'x-request-id: not 32 hexadecimal digits'],
    ['a UUID', { 'x-request-id': '01234567-89ab-cdef-0123-456789abcdef' }, 'x-request-id: not 32 hexadecimal digits'],
    ['no content type', { 'content-type': undefined }, 'content-type: not application/json'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'content-type: not application/json'],
    ['no key', { authorization: undefined }, 'authorization: no bearer token'],
    ['an empty key', { authorization: 'Bearer ' }, 'authorization: no bearer token'],
    ['another scheme', { authorization: 'Basic key' }, 'authorization: no bearer token'],
    ['another key', { authorization: 'Bearer yek' }, 'authorization: another key'],
    ['a wrong length', { 'content-length': '3' }, 'content-length: not the length of the body'],
  ])('finds %s in the headers', (_, headers, breach) => {
    const request = { headers: { ...HEADERS, ...headers }, body: Buffer.from(DOCUMENTED) };
    expect(wireBreaches(request, { apiKey: 'key' })).toEqual([breach]);
  });

  it('knows the calendar', () => {
    const real = ['2018-09-15T18:29:00-0800', '2020-02-29T23:59:59+2359', '0000-01-01T00:00:00+0000'];
    const unreal = [
      '2018-02-30T00:00:00+0000',
      '1900-02-29T00:00:00+0000',
      '2018-01-01T24:00:00+0000',
      '2018-01-01T00:00:60+0000',
      '2018-13-01T00:00:00+0000',
      '2018-01-00T00:00:00+0000',
      '2018-01-01T00:00:00+2400',
      '2018-01-01T00:00:00+0060',
      '2018-01-01T00:00:00Z',
      ' 2018-09-15T18:29:00-0800',
    ];
    expect([...real, ...unreal].filter(isDate)).toEqual(real);
  });

  it('knows 74 system events, each once', () => {
    expect(new Set(SYSTEM_EVENTS).size).toBe(74);
    expect(SYSTEM_EVENTS).toHaveLength(74);
  });
});

describe('the strict JSON parser', () => {
  it.each(['{"a":[1,-0.5e+3,"\\ud83d\\n",true,false,null,{}],"__proto__":{"b":[]}}', ' [ ] ', '"é"', '0'])(
    'reads %s as JSON.parse does',
    (text) => {
      expect(rebuilt(text)).toBe(JSON.stringify(JSON.parse(text)));
    },
  );

  it.each([
    '01',
    '.5',
    '1.',
    '+1',
    '[1,]',
    '{"a":1,}',
    "'a'",
    '"\t"',
    '"\\x"',
    '"\\u12"',
    'NaN',
    '{a:1}',
    '1 2',
    'tru',
  ])('refuses %s as JSON.parse does', (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(() => parseStrictJson(text)).toThrow(SyntaxError);
  });

  function rebuilt(text: string): string {
    const write = (node: ReturnType<typeof parseStrictJson>): string => {
      if (node.kind === 'array') return `[${node.items.map(write).join(',')}]`;
      if (node.kind === 'null') return 'null';
      if (node.kind !== 'object') return JSON.stringify(node.value);
      return `{${node.members.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(',')}}`;
    };
    return write(parseStrictJson(text));
  }
});
