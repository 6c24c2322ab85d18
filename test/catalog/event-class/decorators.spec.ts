import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { EventAttribute, EventClass, type EventType, WebEngageEvent, WebEngageError } from 'nestjs-webengage';
import { readCatalog } from '../../../lib/catalog/read-catalog.js';
import { readInstance } from './read-values.js';

const CODE = `import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

class Item { @EventAttribute('SKU', String) sku!: string; }

@WebEngageEvent('Added')
export class Added extends EventClass<Added> {
  @EventAttribute('Price', Number) price!: number;
  @EventAttribute('Currency', String) currency: string = 'USD';
  @EventAttribute('Item', Item, { optional: true }) item?: Item;
  @EventAttribute('Parent', () => Added, { optional: true }) parent?: Added;
  static copy(other: Added): Added { return new Added(other); }
}

@WebEngageEvent('Added Again')
export class AddedAgain extends Added {
  @EventAttribute('Times', Number) times!: number;
}

@WebEngageEvent('Plain')
export class Plain { @EventAttribute('Price', Number) price!: number; }

@WebEngageEvent('Own')
export class Own {
  @EventAttribute('Price', Number) price: number;
  constructor(values: { cents: number }) { this.price = values.cents / 100; }
}
`;

type Made = EventType & (new (values?: object) => { price: number; currency?: string });

interface Fixtures {
  readonly Added: Made & { copy(other: object): object };
  readonly AddedAgain: Made;
  readonly Plain: Made;
  readonly Own: Made;
}

describe.each([
  ['assigned', false],
  ['defined', true],
])('a class whose fields are %s', (name, useDefineForClassFields) => {
  let folder: string;
  let classes: Fixtures;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'event-classes-'));
    const { outputText } = ts.transpileModule(CODE, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        useDefineForClassFields,
      },
    });
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, outputText);
    classes = (await import(file)) as Fixtures;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes its values when it is made', () => {
    const item = { sku: 'a' };
    const added = new classes.Added({ price: 5, item });
    expect(added).toMatchObject({ price: 5, currency: 'USD', item });
    expect(new classes.Added({ price: 5, currency: 'EUR' }).currency).toBe('EUR');
    expect(new classes.Plain({ price: 6 }).price).toBe(6);
    expect(readInstance(added)).toMatchObject({
      eventName: 'Added',
      attributes: { Price: 5, Currency: 'USD', Item: { SKU: 'a' } },
    });
  });

  it('can be made empty', () => {
    expect(Object.entries(new classes.Plain()).filter(([, value]) => value !== undefined)).toEqual([]);
    expect(new classes.Added()).toMatchObject({ currency: 'USD' });
  });

  it('keeps its name, its statics and its prototype', () => {
    const { Added } = classes;
    expect(Added.name).toBe('Added');
    expect(Added.copy({ price: 7 })).toBeInstanceOf(Added);
    expect(new Added({ price: 1 }).constructor).toBe(Added);
  });

  it('that extends another takes the values of both', () => {
    const { AddedAgain, Added } = classes;
    const again = new AddedAgain({ price: 5, times: 2 });
    expect(again).toBeInstanceOf(Added);
    expect(readInstance(again)).toMatchObject({
      eventName: 'Added Again',
      attributes: { Price: 5, Currency: 'USD', Times: 2 },
    });
  });

  it('with a constructor of its own goes by that', () => {
    expect(readInstance(new classes.Own({ cents: 250 })).attributes).toEqual({ Price: 2.5 });
  });

  it('is declared rightly', () => {
    const { Added, AddedAgain, Plain, Own } = classes;
    expect(readCatalog([Added, AddedAgain, Plain, Own]).problems).toEqual([]);
  });
});

class Child {
  @EventAttribute('Name', String) name!: string;
}

/** Of their types the compiler writes down enough. */
@WebEngageEvent('Inferred', { description: 'All of it' })
class Inferred {
  @EventAttribute('A', { description: 'An A', example: 'x' }) a!: string;
  @EventAttribute('B') b!: number;
  @EventAttribute('C') c!: boolean;
  @EventAttribute('D') d!: Date;
  @EventAttribute('E', { optional: true }) e?: Child;
}

describe('what the decorators say', () => {
  it('is in the catalog, types that the compiler wrote down too', () => {
    const attribute = { isOptional: false, description: undefined, example: undefined };
    expect(readCatalog([Inferred])).toEqual({
      events: [
        {
          eventName: 'Inferred',
          className: 'Inferred',
          description: 'All of it',
          attributes: [
            { ...attribute, name: 'A', property: 'a', type: 'String', description: 'An A', example: 'x' },
            { ...attribute, name: 'B', property: 'b', type: 'Number' },
            { ...attribute, name: 'C', property: 'c', type: 'Boolean' },
            { ...attribute, name: 'D', property: 'd', type: 'Date' },
            { ...attribute, name: 'E', property: 'e', type: 'JSON Object', isOptional: true },
          ],
        },
      ],
      problems: [],
    });
  });
});

interface Cents {
  readonly cents?: number;
  /** A property of the class that its constructor takes no notice of. */
  readonly price?: number;
}

class WithDefaults {
  @EventAttribute('Price', Number) price: number;
  constructor({ cents = 0 }: Cents = {}) {
    this.price = cents / 100;
  }
}

abstract class AbstractBase {
  @EventAttribute('Price', Number) price: number;
  constructor(values: Cents = {}) {
    this.price = (values.cents ?? 0) / 100;
  }
}

class Field {
  @EventAttribute('Price', Number) price!: number;
}

class Inherits extends WithDefaults {
  // A field for which a compiler may write a constructor of its own.
  readonly kind = 'inherited';
}

class HandsOn extends Field {
  readonly made: number;
  constructor(...given: []) {
    super(...given);
    this.made = given.length;
  }
}

class Commented {
  // This one has no constructor(values = {}) of its own.
  /* constructor(values) { this.price = 0; } */
  @EventAttribute('Price', Number) price!: number;
  constructor(/* values */) {
    this.price = 0; // constructor(x)
  }
}

type MadeOfCents = new (values?: Cents) => { readonly price: number };

describe('a constructor of its own', () => {
  const priceOf = (eventClass: unknown, ...given: Cents[]) => {
    const Decorated = WebEngageEvent('Priced')(eventClass as MadeOfCents);
    return new Decorated(...given).price;
  };

  it.each<[string, unknown]>([
    ['with default values', WithDefaults],
    ['of a class that it extends', Inherits],
    ['of an abstract one', class extends AbstractBase {}],
    ['of a decorated one', WebEngageEvent('Base')(class extends WithDefaults {})],
  ])('%s sets the values by itself', (_, eventClass) => {
    expect(priceOf(eventClass, { cents: 250, price: 1 })).toBe(2.5);
    expect(priceOf(eventClass)).toBe(0);
  });

  it.each<[string, unknown]>([
    ['that hands on all it is given', HandsOn],
    ['that is only spoken of in comments', Commented],
    ['that is not there', Field],
  ])('%s leaves that to the decorator', (_, eventClass) => {
    expect(priceOf(eventClass, { price: 1 })).toBe(1);
  });
});

describe('a class that extends EventClass, and is no event', () => {
  class Forgotten extends EventClass<Forgotten> {
    @EventAttribute('Price', Number) price!: number;
  }

  @WebEngageEvent('Base')
  class Base extends EventClass<Base> {
    @EventAttribute('Price', Number) price!: number;
  }

  class Derived extends Base {}

  it.each([Forgotten, Derived])('throws when it is made: %p', (eventClass) => {
    expect(() => new eventClass({ price: 1 })).toThrow(WebEngageError);
    expect(() => new eventClass({ price: 1 })).toThrow(
      `${eventClass.name} extends EventClass, but has no @WebEngageEvent()`,
    );
  });

  it('does not keep an event from being made of it', () => {
    const Decorated = WebEngageEvent('Derived')(Derived);
    expect(new Decorated({ price: 1 }).price).toBe(1);
    expect(new Base({ price: 2 }).price).toBe(2);
  });
});
