import { describe, expect, it } from '@jest/globals';
import {
  ArrayMaxSize,
  IsEmail,
  IsInt,
  IsOptional,
  Length,
  Max,
  Min,
  registerDecorator,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';
import { readCatalog } from '../../../lib/catalog/read-catalog.js';
import { readInstance, readValues } from './read-values.js';

class Item {
  @EventAttribute('SKU', String) @Length(2, 5) sku!: string;
  @EventAttribute('Count', Number) @IsOptional() @Min(1) count?: number;
}

@WebEngageEvent('Validated')
class Validated extends EventClass<Validated> {
  @EventAttribute('Price', Number) @Min(0) @Max(1000) price!: number;
  @EventAttribute('Email', String, { optional: true }) @IsEmail({}, { message: 'must be a real one' }) email?: string;
  @EventAttribute('Coupon', String) @IsOptional() @Length(3, 9) coupon?: string;
  @EventAttribute('Items', [Item], { optional: true }) @ArrayMaxSize(2) items?: Item[];
  @EventAttribute('Gift', Item, { optional: true }) @ValidateNested() gift?: Item;
  @EventAttribute('Sizes', Array, { optional: true }) @IsInt({ each: true }) sizes?: number[];
  @EventAttribute('Kind', String, { optional: true }) kind?: 'parcel' | 'letter';
  @EventAttribute('Weight', Number)
  @ValidateIf((values: Validated) => values.kind === 'parcel')
  @Min(1)
  weight?: number;
  @EventAttribute('Admin', String, { optional: true }) @Length(4, 4, { groups: ['admin'] }) admin?: string;
}

describe('decorators of class-validator', () => {
  it('say nothing of what is right', () => {
    const values = { price: 5, email: 'a@b.co', coupon: 'abc', items: [{ sku: 'ab' }], gift: { sku: 'abc', count: 2 } };
    expect(readValues(Validated, { ...values, sizes: [1, 2], admin: 'root' }).broken).toEqual([]);
    expect(readInstance(new Validated(values)).broken).toEqual([]);
  });

  it("refuse what is wrong, with the attribute's path and their own message", () => {
    expect(readValues(Validated, { price: -1, email: 'nobody' }).violations).toEqual([
      {
        path: 'eventData["Price"]',
        rule: 'validator',
        message: 'eventData["Price"] price must not be less than 0',
      },
      { path: 'eventData["Email"]', rule: 'validator', message: 'eventData["Email"] must be a real one' },
    ]);
    expect(readInstance(new Validated({ price: 1001 })).broken).toEqual(['eventData["Price"] validator']);
  });

  it('of nested classes count, with @ValidateNested() and without', () => {
    expect(
      readValues(Validated, { price: 5, items: [{ sku: 'ab' }, { sku: 'a' }], gift: { sku: '', count: 0 } }).broken,
    ).toEqual([
      'eventData["Items"][1]["SKU"] validator',
      'eventData["Gift"]["SKU"] validator',
      'eventData["Gift"]["Count"] validator',
    ]);
    expect(readValues(Validated, { price: 5, items: [{ sku: 'ab' }, { sku: 'ab' }, { sku: 'ab' }] }).broken).toEqual([
      'eventData["Items"] validator',
    ]);
    const gift = Object.assign(new Item(), { sku: 'a' });
    expect(readValues(Validated, { price: 5, gift }).broken).toEqual(['eventData["Gift"]["SKU"] validator']);
  });

  it('of each item count', () => {
    expect(readValues(Validated, { price: 5, sizes: [1, 2.5] }).broken).toEqual(['eventData["Sizes"] validator']);
  });

  it('hold under their condition', () => {
    expect(readValues(Validated, { price: 5, kind: 'letter', weight: 0 }).broken).toEqual([]);
    expect(readValues(Validated, { price: 5, kind: 'parcel', weight: 0 }).broken).toEqual([
      'eventData["Weight"] validator',
    ]);
    expect(readValues(Validated, { price: 5, kind: 'parcel' }).broken).toEqual(['eventData["Weight"] validator']);
  });

  it('count in all of their groups', () => {
    expect(readValues(Validated, { price: 5, admin: 'me' }).broken).toEqual(['eventData["Admin"] validator']);
  });

  it('are not asked of an optional attribute without a value', () => {
    expect(readValues(Validated, { price: 5 }).broken).toEqual([]);
    expect(
      readValues(Validated, { price: 5, email: null, items: null, sizes: undefined, coupon: null }).broken,
    ).toEqual([]);
  });

  it('make an attribute optional that may be absent', () => {
    const { events } = readCatalog([Validated]);
    const optional = events[0]?.attributes.filter(({ isOptional }) => isOptional).map(({ name }) => name);
    expect(optional).toEqual(['Email', 'Coupon', 'Items', 'Gift', 'Sizes', 'Kind', 'Weight', 'Admin']);
  });

  it('say once what is missing', () => {
    expect(readValues(Validated, {}).broken).toEqual(['eventData["Price"] required']);
  });
});

class Base {
  @EventAttribute('Total', Number) @Min(10) total!: number;
}

@WebEngageEvent('Extended')
class Extended extends Base {
  @EventAttribute('Note', String, { optional: true }) @Length(1, 3) note?: string;
}

describe('decorators of a class that is extended', () => {
  it('count too', () => {
    expect([...readValues(Extended, { total: 5, note: 'long' }).broken].sort()).toEqual([
      'eventData["Note"] validator',
      'eventData["Total"] validator',
    ]);
  });
});

function Throws(): PropertyDecorator {
  return ValidateBy({
    name: 'throws',
    validator: {
      validate: () => {
        throw new Error('the validator is broken');
      },
    },
  });
}

@WebEngageEvent('Broken')
class Broken {
  @EventAttribute('Price', Number) @Throws() price!: number;
}

@ValidatorConstraint({ async: true })
class LaterConstraint {
  validate(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

function IsLater(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      target: target.constructor,
      propertyName: String(propertyName),
      async: true,
      validator: { validate: () => Promise.resolve(false) },
    });
}

@WebEngageEvent('Later')
class Later {
  @EventAttribute('Price', Number) @IsLater() price!: number;
  @EventAttribute('Count', Number) @Validate(LaterConstraint) count!: number;
}

describe('validators of your own', () => {
  it('that throw refuse the event', () => {
    const { violations } = readValues(Broken, { price: 1 });
    expect(violations).toEqual([
      expect.objectContaining({ rule: 'validator', message: expect.stringContaining('the validator is broken') }),
    ]);
  });

  it('that answer with a promise are told of at boot', () => {
    const message = 'has a validator that answers with a promise, but events are checked at once';
    expect(readCatalog([Later]).problems).toEqual([
      { place: 'Later.price', message },
      { place: 'Later.count', message },
    ]);
  });
});

describe('nested classes of another kind than the value', () => {
  it('do not make validators complain of the class', () => {
    class Other {
      sku = 'ab';
    }
    expect(readValues(Validated, { price: 5, gift: new Other() as Item }).broken).toEqual([]);
  });
});

describe('values of another data type than declared', () => {
  it("are the type lock's to judge", () => {
    expect(readValues(Validated, { price: '5', email: 5, sizes: 'x', gift: [] })).toMatchObject({
      broken: [],
      attributes: { Price: '5', Email: 5, Sizes: 'x', Gift: [] },
    });
  });

  it("are the type lock's where a nested class is declared, too", () => {
    expect(readValues(Validated, { price: 5, items: 'x' })).toMatchObject({ broken: [], attributes: { Items: 'x' } });
  });

  it('are told of once where they have none at all', () => {
    expect(readValues(Validated, { price: NaN, email: Symbol('s') }).broken).toEqual([
      'eventData["Price"] dataType',
      'eventData["Email"] dataType',
    ]);
  });

  it("are their validators' within nested values, which have no lock", () => {
    expect(readValues(Validated, { price: 5, gift: { sku: 5, count: '2' } }).broken).toEqual([
      'eventData["Gift"]["SKU"] validator',
      'eventData["Gift"]["Count"] validator',
    ]);
  });

  it('are no entities of another class: those are validated, and what they hold', () => {
    @WebEngageEvent('Gift')
    class GiftSent {
      @EventAttribute('Gift', Item) @ValidateBy({ name: 'never', validator: { validate: () => false } }) gift!: Item;
    }
    class Entity {
      get sku(): string {
        return 'a';
      }
    }
    expect([...readValues(GiftSent, { gift: new Entity() }).broken].sort()).toEqual([
      'eventData["Gift"] validator',
      'eventData["Gift"]["SKU"] validator',
    ]);
  });
});

class Address {
  @EventAttribute('Country', String) country!: string;
}

@WebEngageEvent('Shipped')
class Shipped {
  @EventAttribute('Address', Address) address!: Address;
  @EventAttribute('State', String)
  @ValidateIf(({ address }: Shipped) => address.country === 'US')
  @Length(2, 2)
  state?: string;
}

describe('a condition that throws on an empty object', () => {
  it('is left to each event', () => {
    const { events, problems } = readCatalog([Shipped]);
    expect(problems).toEqual([]);
    expect(events[0]?.attributes.map(({ isOptional }) => isOptional)).toEqual([false, true]);
    expect(readValues(Shipped, { address: { country: 'DE' } }).broken).toEqual([]);
    expect(readValues(Shipped, { address: { country: 'US' } }).broken).toEqual(['eventData["State"] validator']);
    expect(readValues(Shipped, { address: { country: 'US' }, state: 'NY' }).broken).toEqual([]);
  });
});
