import { describe, expect, it } from '@jest/globals';
import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';
import { readInstance, readValues } from './read-values.js';

class Maker {
  @EventAttribute('Name', String) name!: string;
}

class Item {
  @EventAttribute('SKU', String) sku!: string;
  @EventAttribute('Sold At', Date, { optional: true }) soldAt?: Date;
  @EventAttribute('Maker', Maker, { optional: true }) maker?: Maker;
}

class Comment {
  @EventAttribute('Text', String) text!: string;
  @EventAttribute('Answers', () => [Comment], { optional: true }) answers?: Comment[];
  @EventAttribute('To', () => Comment, { optional: true }) to?: Comment;
}

@WebEngageEvent('Everything')
class Everything extends EventClass<Everything> {
  @EventAttribute('A String', String) string!: string;
  @EventAttribute('A Number', Number) number!: number;
  @EventAttribute('A Boolean', Boolean) boolean!: boolean;
  @EventAttribute('A Date', Date) date!: Date;
  @EventAttribute('An Array', Array) array!: unknown[];
  @EventAttribute('An Object', Object) object!: object;
  @EventAttribute('An Item', Item) item!: Item;
  @EventAttribute('Items', [Item]) items!: Item[];
  @EventAttribute('Lazy', () => Item) lazy!: Item;
  @EventAttribute('Lazy Items', () => [Item]) lazyItems!: Item[];
  @EventAttribute('Strings', [String]) strings!: string[];
  @EventAttribute('Comment', () => Comment, { optional: true }) comment?: Comment;
  @EventAttribute('Shelves', [[Item]], { optional: true }) shelves?: Item[][];

  describe(): string {
    return this.string;
  }
}

const EVERYTHING = {
  string: 's',
  number: 1.5,
  boolean: false,
  date: new Date('2026-02-03T04:05:06.789Z'),
  array: [1, 'two', { three: 3 }],
  object: { soldAt: true, deep: { er: [1] } },
  item: { sku: 'a', soldAt: new Date('2026-02-03T04:05:06Z'), maker: { name: 'm' } },
  items: [{ sku: 'b' }, { sku: 'c', maker: { name: 'n' } }],
  lazy: { sku: 'd' },
  lazyItems: [{ sku: 'e' }],
  strings: ['f', 'g'],
};

const ATTRIBUTES = {
  'A String': 's',
  'A Number': 1.5,
  'A Boolean': false,
  'A Date': '2026-02-03T04:05:06+0000',
  'An Array': [1, 'two', { three: 3 }],
  'An Object': { soldAt: true, deep: { er: [1] } },
  'An Item': { SKU: 'a', 'Sold At': '2026-02-03T04:05:06+0000', Maker: { Name: 'm' } },
  Items: [{ SKU: 'b' }, { SKU: 'c', Maker: { Name: 'n' } }],
  Lazy: { SKU: 'd' },
  'Lazy Items': [{ SKU: 'e' }],
  Strings: ['f', 'g'],
};

describe("a class's values become attributes", () => {
  it('of every type, nested ones too, given as values', () => {
    expect(readValues(Everything, EVERYTHING)).toMatchObject({ eventName: 'Everything', attributes: ATTRIBUTES });
  });

  it('given as an instance, with nested instances', () => {
    const item = Object.assign(new Item(), { sku: 'a', soldAt: EVERYTHING.item.soldAt, maker: { name: 'm' } });
    const instance = new Everything({ ...EVERYTHING, item });
    expect(readInstance(instance)).toMatchObject({ eventName: 'Everything', attributes: ATTRIBUTES });
  });

  it('of an instance of the class in eventData', () => {
    expect(readValues(Everything, new Everything(EVERYTHING)).attributes).toEqual(ATTRIBUTES);
  });

  it('of a class that holds itself', () => {
    const comment = { text: 'a', answers: [{ text: 'b', answers: [{ text: 'c' }] }], to: { text: 'd' } };
    expect(readValues(Everything, { ...EVERYTHING, comment }).attributes).toMatchObject({
      Comment: { Text: 'a', Answers: [{ Text: 'b', Answers: [{ Text: 'c' }] }], To: { Text: 'd' } },
    });
  });

  it.each([undefined, null])('%p counts as no value', (none) => {
    const { violations } = readValues(Everything, { ...EVERYTHING, number: none, comment: none });
    expect(violations).toEqual([
      {
        path: 'eventData["A Number"]',
        rule: 'required',
        message: 'eventData["A Number"] is mandatory, but Everything.number has no value',
      },
    ]);
    expect(readValues(Everything, { ...EVERYTHING, comment: none }).attributes).toEqual(ATTRIBUTES);
  });

  it('all that is missing is told at once, in nested values too', () => {
    const { broken } = readValues(Everything, { ...EVERYTHING, string: null, items: [{}, { sku: 's', maker: {} }] });
    expect(broken).toEqual([
      'eventData["A String"] required',
      'eventData["Items"][0]["SKU"] required',
      'eventData["Items"][1]["Maker"]["Name"] required',
    ]);
  });

  it('methods are left out, and other properties with a remark', () => {
    const values = { ...EVERYTHING, password: 'hidden', describe: () => 'own' };
    const { attributes, lines } = readValues(Everything, values);
    expect(attributes).toEqual(ATTRIBUTES);
    expect(lines).toEqual([
      'warn: Everything.password has no @EventAttribute(): it is left out',
      'warn: Everything.describe has no @EventAttribute(): it is left out',
    ]);
  });

  it('a value of another type is sent with its own type, for the type lock to judge', () => {
    const { attributes } = readValues(Everything, { ...EVERYTHING, number: '1.5', item: 'none', items: { sku: 'b' } });
    expect(attributes).toMatchObject({ 'A Number': '1.5', 'An Item': 'none', Items: { SKU: 'b' } });
  });

  it('nothing given is as nothing in it', () => {
    @WebEngageEvent('Optional')
    class Optional {
      @EventAttribute('Page', String, { optional: true }) page?: string;
    }
    expect(readValues(Optional).attributes).toEqual({});
    expect(readValues(Everything).broken).toHaveLength(11);
  });
});

class Base {
  @EventAttribute('Shop', String) shop!: string;
  @EventAttribute('Kind', String) kind!: string;
}

@WebEngageEvent('Sold')
class Sold extends Base {
  @EventAttribute('Sort', Number) declare kind: never;
  @EventAttribute('Price', Number) price!: number;
  private cents = 0;

  @EventAttribute('Tax', Number) get tax(): number {
    return this.price * 0.25;
  }

  @EventAttribute('Discount', Number, { optional: true }) get discount(): number {
    return this.cents / 100;
  }

  set discount(discount: number) {
    this.cents = discount * 100;
  }
}

@WebEngageEvent('Sold Dearly')
class SoldDearly extends Sold {
  @EventAttribute('Guest', Boolean) guest!: boolean;
}

class UndecoratedSale extends Sold {}

describe('a class that extends another', () => {
  it("has the other's attributes, and redeclared ones as it says itself", () => {
    const { attributes, lines } = readValues(Sold, { shop: 's', kind: 3, price: 8, discount: 1.5 });
    expect(attributes).toEqual({ Shop: 's', Sort: 3, Price: 8, Tax: 2, Discount: 1.5 });
    expect(lines).toEqual(['warn: Sold.cents has no @EventAttribute(): it is left out']);
  });

  it('is an event of its own', () => {
    const sale = readValues(SoldDearly, { shop: 's', kind: 3, price: 8, guest: true });
    expect(sale).toMatchObject({ eventName: 'Sold Dearly', attributes: { Guest: true, Tax: 2 } });
    expect(readInstance(new Sold()).eventName).toBe('Sold');
  });

  it('without @WebEngageEvent() is none', () => {
    expect(readInstance(new UndecoratedSale()).violations).toEqual([
      {
        path: 'event',
        rule: 'type',
        message: 'event must be a class with @WebEngageEvent(), or an instance of one, but is UndecoratedSale',
      },
    ]);
  });
});

/** What an ORM may hand out: what it holds is behind getters of its prototype. */
class ItemEntity {
  readonly #sku: string;

  constructor(sku: string) {
    this.#sku = sku;
  }

  get sku(): string {
    return this.#sku;
  }
}

class SpecialItemEntity extends ItemEntity {}

describe('nested values', () => {
  const read = (values: object) => readValues(Everything, { ...EVERYTHING, ...values });

  it('have what they hold besides left out, with a remark, ten for each class at most', () => {
    const random = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key ${index}`, index]));
    const items = [
      { ...random, sku: 'b' },
      { ...random, sku: 'c', maker: { name: 'n', secret: 1 } },
    ];
    const { attributes, lines } = read({ items });
    expect(attributes).toMatchObject({ Items: [{ SKU: 'b' }, { SKU: 'c', Maker: { Name: 'n' } }] });
    expect(lines).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `warn: Item.key ${index} has no @EventAttribute(): it is left out`),
      'warn: Maker.secret has no @EventAttribute(): it is left out',
    ]);
  });

  it.each<[string, object]>([
    ['Map', new Map([['sku', 'a']])],
    ['Set', new Set(['sku'])],
    ['URL', new URL('http://localhost/?sku=a')],
  ])('that are a %s are refused', (name, item) => {
    expect(read({ item }).violations).toEqual([
      {
        path: 'eventData["An Item"]',
        rule: 'dataType',
        message: expect.stringContaining(`but is an instance of ${name}`),
      },
    ]);
    expect(read({ items: [{ sku: 'b' }, item] }).broken).toEqual(['eventData["Items"][1] dataType']);
  });

  it('of another class with the same properties are read, getters too', () => {
    const entities = { item: new ItemEntity('x'), items: [new SpecialItemEntity('y'), new ItemEntity('z')] };
    expect(read(entities).attributes).toMatchObject({ 'An Item': { SKU: 'x' }, Items: [{ SKU: 'y' }, { SKU: 'z' }] });
  });

  it('in arrays within an array are mapped', () => {
    const items = [[{ sku: 'a' }], [[Object.assign(new Item(), { sku: 'b' })]]];
    expect(read({ items }).attributes).toMatchObject({ Items: [[{ SKU: 'a' }], [[{ SKU: 'b' }]]] });
  });

  it('declared as arrays of arrays are mapped', () => {
    const shelves = [[{ sku: 'a' }, Object.assign(new Item(), { sku: 'b', hidden: 1 })], []];
    const { attributes, broken, lines } = read({ shelves });
    expect(broken).toEqual([]);
    expect(attributes).toMatchObject({ Shelves: [[{ SKU: 'a' }, { SKU: 'b' }], []] });
    expect(lines).toEqual(['warn: Item.hidden has no @EventAttribute(): it is left out']);
  });
});

describe('an object of another class with getters', () => {
  @WebEngageEvent('Shelved')
  class Shelved extends EventClass<Shelved> {
    @EventAttribute('SKU', String) sku!: string;
  }

  it('holds the values of an event that is made of it', () => {
    const entity = new SpecialItemEntity('x');
    expect(new Shelved(entity).sku).toBe('x');
    expect(readInstance(new Shelved(entity)).attributes).toEqual({ SKU: 'x' });
    expect(readValues(Shelved, entity).attributes).toEqual({ SKU: 'x' });
  });
});
