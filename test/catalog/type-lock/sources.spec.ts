import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AttributeTypeLock } from '../../../lib/catalog/type-lock/attribute-type-lock.js';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';
import type { TypeSource } from '../../../lib/catalog/type-lock/type-table.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';
import type { JsonObject } from '../../../lib/events/event-data.js';
import { LineLog, silentLog } from '../../support/delivery-fakes.js';

const LIMITS = { maxEvents: 100, maxAttributes: 1_000 };
const SOURCES: TypeSource[] = ['first value', 'declared', 'shared', 'lock file'];
const VALUES = { String: 'x', Number: 1, Boolean: true, 'JSON Array': [], 'JSON Object': {} } satisfies JsonObject;

interface Saying {
  readonly source: TypeSource;
  readonly attribute: string;
  readonly type: keyof typeof VALUES;
}

const saying: fc.Arbitrary<Saying> = fc.record({
  source: fc.constantFrom(...SOURCES),
  attribute: fc.constantFrom('A', 'B', 'C'),
  type: fc.constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[])),
});

function tell(lock: AttributeTypeLock, { source, attribute, type }: Saying): void {
  if (source === 'first value') lock.judge('Event', { [attribute]: VALUES[type] }, []);
  else lock.fix({ eventName: 'Event', attribute, type }, source, `${source} makes it`);
}

function typesOf(lock: AttributeTypeLock): LockedType[] {
  return lock.all().sort((one, other) => one.attribute.localeCompare(other.attribute));
}

describe('types that are known from several places', () => {
  it('are those of the weightiest, and among equals of the first', () => {
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 12 }), (sayings) => {
        const lock = new AttributeTypeLock(LIMITS, silentLog);
        const model = new Map<string, Saying>();
        for (const said of sayings) {
          tell(lock, said);
          const known = model.get(said.attribute);
          if (!known || SOURCES.indexOf(said.source) > SOURCES.indexOf(known.source)) model.set(said.attribute, said);
        }
        const expected = [...model.values()].map(({ attribute, type }) => ({ eventName: 'Event', attribute, type }));
        expect(typesOf(lock)).toEqual(expected.sort((one, other) => one.attribute.localeCompare(other.attribute)));
      }),
      { numRuns: 500 },
    );
  });

  it('do not depend on the order where each place says one thing', () => {
    const one = fc.uniqueArray(saying, {
      selector: ({ source, attribute }) => `${source} ${attribute}`,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        one.chain((sayings) =>
          fc.tuple(fc.constant(sayings), fc.shuffledSubarray(sayings, { minLength: sayings.length })),
        ),
        ([sayings, shuffled]) => {
          const outcomes = [sayings, shuffled].map((order) => {
            const lock = new AttributeTypeLock(LIMITS, silentLog);
            for (const said of order) tell(lock, said);
            return typesOf(lock);
          });
          expect(outcomes[0]).toEqual(outcomes[1]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are told apart once, by name, and the winner is named', () => {
    const log = new LineLog();
    const lock = new AttributeTypeLock(LIMITS, log);
    const price = (type: AttributeType) => ({ eventName: 'Added to Cart', attribute: 'Price', type });
    lock.fix(price('Number'), 'declared', 'AddedToCart declares it');
    for (let round = 0; round < 3; round++) lock.fix(price('String'), 'lock file', 'webengage.lock.json makes it');
    for (let round = 0; round < 3; round++) lock.fix(price('Number'), 'declared', 'AddedToCart declares it');
    expect(log.lines).toEqual([
      'error: The attribute "Price" of "Added to Cart": webengage.lock.json makes it a String, but AddedToCart declares it ' +
        'a Number. WebEngage keeps one type only; from now on it is held to be a String',
    ]);
  });

  it('tell others what was learned here, and not what came from them', () => {
    const lock = new AttributeTypeLock(LIMITS, silentLog);
    const told: LockedType[] = [];
    lock.onLearned((types) => void told.push(...types));
    const lessons: LockedType[] = [];
    lock.judge('Event', { A: 1, B: 'x' }, lessons);
    expect(told).toEqual([]);
    lock.keep(lessons);
    lock.fix({ eventName: 'Event', attribute: 'C', type: 'Date' }, 'shared', 'all processes hold it to be');
    lock.fix({ eventName: 'Event', attribute: 'D', type: 'Date' }, 'declared', 'Event declares it');
    expect(told.map(({ attribute, type }) => `${attribute} ${type}`)).toEqual(['A Number', 'B String', 'D Date']);
  });

  it('count the types of those that were changed anew', () => {
    const lock = new AttributeTypeLock(LIMITS, silentLog);
    const numbers = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`N${index}`, 1]));
    lock.judge('Event', numbers, []);
    expect(lock.judge('Event', { Another: 1 }, [])).toHaveLength(1);
    lock.fix({ eventName: 'Event', attribute: 'N0', type: 'String' }, 'declared', 'Event declares it');
    expect(lock.judge('Event', { Another: 1 }, [])).toHaveLength(0);
    expect(lock.judge('Event', { 'Yet Another': 1 }, [])).toHaveLength(1);
  });

  it('let no 26th attribute in by changing the type of a known one', () => {
    const log = new LineLog();
    const lock = new AttributeTypeLock(LIMITS, log);
    const numbers = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`N${index}`, 1]));
    lock.judge('Event', { ...numbers, Text: 'x' }, []);
    lock.fix({ eventName: 'Event', attribute: 'Text', type: 'Number' }, 'declared', 'Event declares it');
    const ofNumber = lock.all().filter(({ type }) => type === 'Number');
    expect(ofNumber).toHaveLength(25);
    expect(lock.judge('Event', { Text: 'y' }, [])).toEqual([]);
    expect(log.lines.filter((line) => line.includes('25 attributes of type Number already'))).toEqual([
      expect.stringMatching(/^error: Event declares it a Number, but the attribute "Text" is one too many/),
    ]);
    // One that has the type already is no further one.
    lock.fix({ eventName: 'Event', attribute: 'N0', type: 'Number' }, 'declared', 'Event declares it');
    lock.fix({ eventName: 'Event', attribute: 'N0', type: 'String' }, 'first value', 'its first value made it');
    expect(lock.judge('Event', { N0: 'x' }, [])).toMatchObject([
      { violation: { message: expect.stringContaining('Event declares it a Number') } },
    ]);
  });
});
