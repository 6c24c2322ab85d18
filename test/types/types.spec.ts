import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Findings, TypeCompiler } from './compile-types.js';

const CASES = readdirSync(join(import.meta.dirname, 'cases')).map((name) => `test/types/cases/${name}`);
const WRONG = 'test/types/cases/wrong.ts';
const COMPILING = 120_000;

/** Must not compile, line by line, with no comment to expect it: it shows that the compiler looks. */
const WRONG_CODE = `import { EventAttribute, TrackEvent } from 'nestjs-webengage';
import { events, TypedCart } from './typed-events.js';
void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, prise: 3 } });
void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: '2' } });
void events.track(TypedCart, { userId: '1', eventData: { productId: 1 } });
void new TypedCart({ productId: 1 });
void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { 'Product ID': 1, Price: '2' } });
TrackEvent(TypedCart, { eventData: () => ({ productId: 1, price: '2' }) });
TrackEvent('Typed Purchase', { eventData: () => ({ Price: 2 }) });
export class Line { @EventAttribute('Price', String) price!: number; }
// @ts-expect-error nothing is wrong here
void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2 } });
`;

const FOUND = [
  /^3: [^]*'prise' does not exist/,
  /^4: [^]*Type 'string' is not assignable to type 'number'/,
  /^5: [^]*Property 'price' is missing/,
  /^6: [^]*Property 'price' is missing/,
  /^7: Type 'string' is not assignable to type 'number'/,
  /^8: [^]*Type 'string' is not assignable to type 'number'/,
  /^9: [^]*Property ''Product ID'' is missing/,
  /^10: [^]*Type 'number' is not assignable to type 'string'/,
  /^11: Unused '@ts-expect-error' directive/,
];

const compiler = new TypeCompiler({ [WRONG]: WRONG_CODE });

describe.each([
  ['that assign fields', false],
  ['that define fields, as the newer standard says', true],
])('in projects %s', (_, useDefineForClassFields) => {
  let findings: Findings;

  beforeAll(() => {
    findings = compiler.compile([...CASES, WRONG], { useDefineForClassFields });
  }, COMPILING);

  it.each(CASES)('what is right compiles and what is wrong does not, in %s', (path) => {
    expect(findings[path]).toEqual([]);
  });

  it('the compiler says what is wrong, and where', () => {
    expect(findings[WRONG]).toEqual(FOUND.map((found) => expect.stringMatching(found)));
  });
});

it('each file expects errors, but that of the events', () => {
  const counts = CASES.map(
    (path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8').split('@ts-expect-error').length - 1,
  );
  expect(counts.filter((count) => count > 20)).toHaveLength(CASES.length - 1);
});
