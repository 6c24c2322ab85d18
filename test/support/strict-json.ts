/**
 * A JSON document with nothing lost: names may repeat, `__proto__` is a name like any other, and null stays visible.
 * `JSON.parse` keeps only the last of two equal names, so a checker that is built on it cannot see the first.
 */
export type JsonNode =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: JsonNode])[] };

const WHITE_SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids unescaped control characters in strings
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const UNICODE_ESCAPE = /[0-9a-fA-F]{4}/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Parses one JSON document as RFC 8259 writes it. Throws a SyntaxError that says where it is broken. */
export function parseStrictJson(text: string): JsonNode {
  const scanner = new Scanner(text);
  const node = readValue(scanner);
  scanner.skipWhiteSpace();
  if (!scanner.isAtEnd) scanner.fail('text after the end of the document');
  return node;
}

class Scanner {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  fail(problem: string): never {
    throw new SyntaxError(`${problem} at position ${this.position}`);
  }

  skipWhiteSpace(): void {
    this.match(WHITE_SPACE);
  }

  /** Takes what the sticky expression finds here; undefined if it finds nothing. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.position;
    const found = expression.exec(this.text)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  take(): string {
    return this.text.charAt(this.position++);
  }

  /** Takes exactly this text, or leaves all as it is. */
  accept(expected: string): boolean {
    if (!this.text.startsWith(expected, this.position)) return false;
    this.position += expected.length;
    return true;
  }

  /** Takes a sign that must stand here, after white space. */
  expectSign(sign: string): void {
    this.skipWhiteSpace();
    if (!this.accept(sign)) this.fail(`"${sign}" is missing`);
  }

  acceptSign(sign: string): boolean {
    this.skipWhiteSpace();
    return this.accept(sign);
  }
}

function readValue(scanner: Scanner): JsonNode {
  scanner.skipWhiteSpace();
  switch (scanner.peek()) {
    case '{':
      return readObject(scanner);
    case '[':
      return readArray(scanner);
    case '"':
      return { kind: 'string', value: readString(scanner) };
    default:
      return readLiteral(scanner);
  }
}

function readLiteral(scanner: Scanner): JsonNode {
  if (scanner.accept('true')) return { kind: 'boolean', value: true };
  if (scanner.accept('false')) return { kind: 'boolean', value: false };
  if (scanner.accept('null')) return { kind: 'null' };
  const digits = scanner.match(NUMBER);
  return digits === undefined ? scanner.fail('no JSON value') : { kind: 'number', value: Number(digits) };
}

function readObject(scanner: Scanner): JsonNode {
  const members: [string, JsonNode][] = [];
  scanner.expectSign('{');
  if (scanner.acceptSign('}')) return { kind: 'object', members };
  do {
    scanner.skipWhiteSpace();
    const name = readString(scanner);
    scanner.expectSign(':');
    members.push([name, readValue(scanner)]);
  } while (scanner.acceptSign(','));
  scanner.expectSign('}');
  return { kind: 'object', members };
}

function readArray(scanner: Scanner): JsonNode {
  const items: JsonNode[] = [];
  scanner.expectSign('[');
  if (scanner.acceptSign(']')) return { kind: 'array', items };
  do items.push(readValue(scanner));
  while (scanner.acceptSign(','));
  scanner.expectSign(']');
  return { kind: 'array', items };
}

function readString(scanner: Scanner): string {
  if (!scanner.accept('"')) scanner.fail('a String is missing');
  let value = '';
  for (;;) {
    value += scanner.match(PLAIN_TEXT) ?? '';
    if (scanner.accept('"')) return value;
    if (!scanner.accept('\\')) scanner.fail('an unescaped control character, or the end of the text, in a String');
    value += readEscape(scanner);
  }
}

function readEscape(scanner: Scanner): string {
  const letter = scanner.take();
  if (letter === 'u') {
    const digits = scanner.match(UNICODE_ESCAPE) ?? scanner.fail('four hexadecimal digits are missing');
    return String.fromCharCode(parseInt(digits, 16));
  }
  return ESCAPES[letter] ?? scanner.fail('an unknown escape');
}
