import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLockFile } from '../../../lib/catalog/lock-file/format-lock-file.js';
import { lockedTypesOf } from '../../../lib/catalog/lock-file/locked-types-of.js';
import { parseLockFile } from '../../../lib/catalog/lock-file/parse-lock-file.js';
import { findLockFile, readLockFile } from '../../../lib/catalog/lock-file/read-lock-file.js';
import { LockFileError } from '../../../lib/errors/lock-file.error.js';

const EVENTS = {
  Viewed: {},
  'Added to Cart': {
    attributes: { Price: 'Number', 10: 'String', 9: 'Date', '!': 'Boolean' },
    undeclared: { Coupon: 'JSON Array' },
    classes: ['B', 'A'],
  },
};
const WRITTEN = `{
  "version": 1,
  "events": {
    "Added to Cart": {
      "classes": ["A", "B"],
      "attributes": {
        "!": "Boolean",
        "10": "String",
        "9": "Date",
        "Price": "Number"
      },
      "undeclared": {
        "Coupon": "JSON Array"
      }
    },
    "Viewed": {}
  }
}
`;

function problemOf(text: string): string {
  try {
    parseLockFile(text, 'some.lock.json');
  } catch (error) {
    if (error instanceof LockFileError && error.file === 'some.lock.json') return error.message;
    throw error;
  }
  return 'none';
}

function withEvent(event: unknown, name = 'A'): string {
  return JSON.stringify({ version: 1, events: { [name]: event } });
}

describe('a lock file', () => {
  it('is written for review', () => {
    const text = JSON.stringify({ version: 1, events: EVENTS });
    expect(formatLockFile(parseLockFile(`\uFEFF${text}`, 'lock'))).toBe(WRITTEN);
    expect(formatLockFile({ version: 1, events: {} })).toBe('{\n  "version": 1,\n  "events": {}\n}\n');
  });

  it('tells the type of each attribute, and who declares it', () => {
    const types = [...lockedTypesOf(parseLockFile(WRITTEN, 'lock'))];
    expect(types).toHaveLength(5);
    const event = { eventName: 'Added to Cart', classes: ['A', 'B'] };
    expect(types).toContainEqual({ ...event, attribute: 'Price', type: 'Number', isDeclared: true });
    expect(types).toContainEqual({ ...event, attribute: 'Coupon', type: 'JSON Array', isDeclared: false });
  });

  it.each([
    ['', 'is no JSON: it is empty'],
    ['{', 'is no JSON: line 1, column 2'],
    ['{"version": 1,\n  "events": {\n    "A": [\n}', 'is no JSON: line 4, column 1'],
    ['{"version": 1, "events": {}}\n}', 'is no JSON: line 2, column 1'],
    ['{"version": tru }', 'is no JSON: line 1, column 16'],
    ['{\n  "a\nb": 1}', 'is no JSON: line 2, column 5'],
    ['{\n<<<<<<< HEAD\n}', 'holds a merge conflict: line 2. Resolve it first'],
    ['[]', 'must hold a JSON object, but holds an Array'],
    ['{}', 'is wrong at version: it must be 1, but is absent'],
    ['{"version":"1"}', 'is wrong at version: it must be 1, but is "1"'],
    ['{"version":2,"lock":{}}', 'is of version 2, but this version of nestjs-webengage knows version 1 only'],
    ['{"version":1}', 'is wrong at events: it must be an object of events by name, but is absent'],
    ['{"version":1,"events":{},"event":{}}', 'is wrong at event: there is no such field, but version, events'],
    [withEvent(7, 'Added "x"'), 'is wrong at events["Added \\"x\\""]: it must be an object, but is 7'],
    [withEvent({ a: 1 }), 'is wrong at events["A"].a: there is no such field, but classes, attributes, undeclared'],
    [
      withEvent({ classes: 'A' }),
      'is wrong at events["A"].classes: it must be an array of classes\' names, but is "A"',
    ],
    [withEvent({ classes: ['A', 7] }), 'is wrong at events["A"].classes[1]: it must be a class\'s name, but is 7'],
    [
      withEvent({ attributes: [] }),
      'is wrong at events["A"].attributes: it must be an object of types by attribute, but is an Array',
    ],
    [
      withEvent({ attributes: { Price: 'number' } }),
      'is wrong at events["A"].attributes["Price"]: it must be one of String, Number, Boolean, Date, JSON Array, JSON Object, but is "number"',
    ],
    [
      '{"version":1,"events":{"A":{"undeclared":{"__proto__":{}}}}}',
      'is wrong at events["A"].undeclared["__proto__"]: it must be one of String, Number, Boolean, Date, JSON Array, JSON Object, but is an Object',
    ],
    [
      withEvent({ attributes: { Price: 'Number' }, undeclared: { Price: 'String' } }),
      'is wrong at events["A"].undeclared["Price"]: it is "String", but "Number" in attributes',
    ],
    [withEvent({ attributes: { Price: 'Number' }, undeclared: { Price: 'Number' } }), undefined],
  ])('%j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem === undefined ? 'none' : `some.lock.json ${problem}`);
  });

  describe('on disk', () => {
    let folder: string;

    beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'lock-'))));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('is read, or said not to be there', () => {
      const file = join(folder, 'webengage.lock.json');
      expect(findLockFile(file)).toBeUndefined();
      expect(() => readLockFile(file)).toThrow(`${file} cannot be read: ENOENT, there is no such file`);
      expect(() => findLockFile(folder)).toThrow(`${folder} cannot be read: EISDIR`);
      writeFileSync(file, WRITTEN);
      expect(formatLockFile(readLockFile(file))).toBe(WRITTEN);
    });
  });
});
