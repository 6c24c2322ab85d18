import { accepted, type BoundaryCase, eventWith } from './boundary-case.js';

/** Names that objects inherit, that serializers look for, or that engines treat apart. */
const KEYS = [
  'toString',
  'valueOf',
  'constructor',
  '__proto__',
  '__defineGetter__',
  'hasOwnProperty',
  'isPrototypeOf',
  'prototype',
  'toJSON',
  'then',
  'length',
  'name',
  'size',
  '0',
  '10',
  '9',
  '-1',
  '01',
  '4294967295',
  'undefined',
  'null',
  'userId',
  '$value',
  'a.b',
  "it's",
  '"quoted"',
  '\u0000',
];

/** Made of text, so that `__proto__` is a name and no prototype. */
function objectWith(key: string, value: unknown): Record<string, unknown> {
  return JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as Record<string, unknown>;
}

export const attributeKeyCases: readonly BoundaryCase[] = [
  ...KEYS.flatMap((key) => [
    accepted(`the attribute ${JSON.stringify(key)}`, () => eventWith({ eventData: objectWith(key, 'intact') })),
    accepted(`${JSON.stringify(key)} deep in an attribute`, () =>
      eventWith({ eventData: { Item: [objectWith(key, { inner: objectWith(key, 'intact') })] } }),
    ),
    accepted(`${JSON.stringify(key)} as the name of an object`, () =>
      eventWith({ eventData: objectWith(key, { a: 1, b: objectWith(key, []) }) }),
    ),
  ]),
  accepted('an empty name deep in an attribute', () => eventWith({ eventData: { Item: { '': { '': 1 } } } })),
  accepted('all of them at once', () => eventWith({ eventData: { Item: allKeys() } })),
];

function allKeys(): unknown {
  return JSON.parse(`{${KEYS.map((key, index) => `${JSON.stringify(key)}:${index}`).join(',')}}`) as unknown;
}
