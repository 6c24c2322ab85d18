import { describe, expect, it } from '@jest/globals';
import { EventAttribute, type EventType, WebEngageEvent } from 'nestjs-webengage';
import { SYSTEM_EVENTS } from '../../support/system-event-names.js';
import { readCatalog } from '../../../lib/catalog/read-catalog.js';
import { boot, feature, problemsOf, webEngage } from './boot.js';

/** A class with these attributes, all of them Numbers unless it says otherwise. */
function declare(eventName: unknown, attributes: readonly unknown[], type: unknown = Number): EventType {
  class Declared {}
  for (const [index, name] of attributes.entries()) {
    EventAttribute(name as string, type as NumberConstructor)(Declared.prototype as never, `property${index}` as never);
  }
  return WebEngageEvent(eventName as string)(Declared);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `N${index}`);
const problems = (...classes: unknown[]) =>
  readCatalog(classes).problems.map(({ place, message }) => `${place}: ${message}`);

class NoAttributes {
  name = '';
}

class Nested {
  @EventAttribute('A', Number) one!: number;
  @EventAttribute('A', Number) two!: number;
  @EventAttribute('Wrong', NoAttributes) wrong!: NoAttributes;
}

describe('a class breaks a rule', () => {
  it.each<[string, EventType, RegExp]>([
    ['the name of the event is too long', declare('x'.repeat(50), []), /^Declared: the name of the event .*50/],
    ['it is reserved', declare('we_cart', []), /^Declared: the name of the event .*we_/],
    ['it is blank', declare(' ', []), /^Declared: the name of the event .*(blank|empty)/],
    ['it is none', declare(undefined, []), /^Declared: the name of the event/],
    ['it is a number', declare(5, []), /^Declared: the name of the event/],
    ['it is a system event', declare(SYSTEM_EVENTS[0], []), /^Declared: the name of the event .*system event/],
    [
      'the name of an attribute is too long',
      declare('E', ['x'.repeat(50)]),
      /^Declared\.property0: the name of the attribute .*50/,
    ],
    ['it is reserved', declare('E', ['we_price']), /^Declared\.property0: the name of the attribute .*we_/],
    ['it is blank', declare('E', ['']), /^Declared\.property0: the name of the attribute/],
    [
      'it is no String',
      declare('E', [5]),
      /^Declared\.property0: the name of the attribute must be a String, but is a Number/,
    ],
    [
      'two attributes have one name',
      declare('E', ['A', 'A']),
      /^Declared\.property1: has the attribute name of Declared\.property0: "A"/,
    ],
    [
      'there is no type',
      declare('E', ['A'], null),
      /^Declared\.property0: has no type: give it to @EventAttribute\(\)/,
    ],
    ['the type is no type', declare('E', ['A'], Symbol), /^Declared\.property0: /],
    [
      'it is an array of two',
      declare('E', ['A'], [String, Number]),
      /^Declared\.property0: has a type that is none of/,
    ],
    ['it is an empty array', declare('E', ['A'], []), /^Declared\.property0: has a type that is none of/],
    [
      'a lazy type throws',
      declare('E', ['A'], () => {
        throw new ReferenceError('not there yet');
      }),
      /^Declared\.property0: has a type that is none of/,
    ],
    [
      'a lazy type is undefined',
      declare('E', ['A'], () => undefined),
      /^Declared\.property0: has a type that is none of/,
    ],
    [
      'a lazy type is a promise',
      declare('E', ['A'], async () => String),
      /^Declared\.property0: has a type that is none of/,
    ],
    [
      'a nested class has no attributes',
      declare('E', ['A'], NoAttributes),
      /^Declared\.property0: is a NoAttributes, no property of which has @EventAttribute\(\)/,
    ],
    [
      '26 attributes of a type',
      declare('E', numbers(26)),
      /^Declared: must have at most 25 attributes of type Number, but has 26$/,
    ],
  ])('%s', (_, eventClass, problem) => {
    expect(problems(eventClass)).toEqual([expect.stringMatching(problem)]);
  });

  it('in a nested class', () => {
    expect(problems(declare('E', ['A', 'B'], Nested))).toEqual([
      'Nested.wrong: is a NoAttributes, no property of which has @EventAttribute(); for any object give Object',
      'Nested.two: has the attribute name of Nested.one: "A"',
    ]);
  });

  it('of which the compiler wrote down too little', () => {
    @WebEngageEvent('E')
    class Inferred {
      @EventAttribute('A') either!: string | number;
      @EventAttribute('B') list!: string[];
      @EventAttribute('C') map!: Map<string, string>;
    }
    expect(problems(Inferred)).toEqual([
      expect.stringMatching(/^Inferred\.either: .*Object only: give it to @EventAttribute\(\)/),
      expect.stringMatching(/^Inferred\.list: .*Array only: give it to @EventAttribute\(\)/),
      expect.stringMatching(/^Inferred\.map: is a Map, .*if it is no class of yours, give it/),
    ]);
  });

  it('none of them', () => {
    expect(
      problems(
        declare('x'.repeat(49), numbers(25)),
        declare('Other', ['x'.repeat(49)], () => [String]),
      ),
    ).toEqual([]);
    expect(problems()).toEqual([]);
  });
});

describe('two classes for one event', () => {
  it('may share it, with attributes that agree', () => {
    expect(problems(declare('E', ['A', 'B']), declare('E', ['B', 'C']))).toEqual([]);
  });

  it('may not disagree', () => {
    expect(problems(declare('E', ['A', 'B']), declare('E', ['B'], String))).toEqual([
      'Declared.property0: "E": the attribute "B" is a String, but Declared.property1, for the same event, makes it a Number',
    ]);
  });

  it('may not have too many attributes of a type together', () => {
    const more = declare(
      'E',
      Array.from({ length: 6 }, (_, index) => `M${index}`),
    );
    expect(problems(declare('E', numbers(20)), more)).toEqual([
      expect.stringMatching(/^Declared, Declared: the event of these classes .*26/),
    ]);
  });
});

describe('what is no event class', () => {
  it.each([undefined, null, 5, 'Cart', {}, [], Symbol('s'), NoAttributes, () => 1, Object.create(null)])(
    '%p',
    (given) => {
      expect(problems(given)).toHaveLength(1);
    },
  );

  it('an import that is undefined yet has a hint', () => {
    expect(problems(declare('E', []), undefined)).toEqual([
      '[1]: must be a class with @WebEngageEvent(), but is undefined: do files import one another in a circle?',
    ]);
  });

  it('an instance of one is none', () => {
    const Cart = declare('E', []);
    expect(problems(new Cart())).toHaveLength(1);
  });
});

describe('at boot', () => {
  const system = declare('email_sent', []);
  const reserved = declare('E', ['we_a']);
  const disagreeing = declare('E', ['we_a'], String);

  it('all findings are told at once, over all features', async () => {
    const ended = await boot([
      webEngage(),
      feature(system, undefined),
      feature(reserved),
      feature(disagreeing, reserved),
    ]);
    expect(ended.error).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('WebEngageModule.forFeature() is configured wrongly'),
    });
    expect(problemsOf(ended)).toEqual([
      expect.stringMatching(/^Application, forFeature\(\)\[1\]: must be a class/),
      expect.stringMatching(/^Declared: .*system event/),
      expect.stringMatching(/^Declared\.property0: .*we_/),
      expect.stringMatching(/^Declared\.property0: .*we_/),
      expect.stringMatching(/^Declared\.property0: .*for the same event/),
    ]);
  });
});
