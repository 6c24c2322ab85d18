import { describe, expect, it } from '@jest/globals';
import { isRequestId, RequestIds } from '../../../lib/delivery/request-ids.js';

describe('request ids', () => {
  it('are 32 hexadecimal digits, and none comes twice', () => {
    const [one, other] = [new RequestIds(), new RequestIds()];
    const ids = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? one : other).next());
    expect(new Set(ids).size).toBe(20_000);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(ids.every(isRequestId)).toBe(true);
  });

  it('have every digit in every place', () => {
    const ids = new RequestIds();
    const seen = Array.from({ length: 32 }, () => new Set<string>());
    for (let count = 0; count < 2_000; count++) [...ids.next()].forEach((digit, place) => seen[place]?.add(digit));
    expect(seen.map(({ size }) => size)).toEqual(Array.from({ length: 32 }, () => 16));
  });

  it.each([
    '',
    'a'.repeat(31),
    'a'.repeat(33),
    'A'.repeat(32),
    'g'.repeat(32),
    `${'a'.repeat(32)}\n`,
    ` ${'a'.repeat(31)}`,
  ])('%j is none', (text) => {
    expect(isRequestId(text)).toBe(false);
  });
});
