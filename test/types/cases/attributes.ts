import { EventAttribute, WebEngageEvent } from 'nestjs-webengage';
import { TypedItem } from './typed-events.js';

enum Colour {
  Red = 'red',
  Blue = 'blue',
}
enum Rank {
  First,
  Second,
}

/** Properties that fit their attribute's type. */
@WebEngageEvent('Fitting')
export class Fitting {
  @EventAttribute('String', String) string!: string;
  @EventAttribute('Number', Number) number!: number;
  @EventAttribute('Boolean', Boolean) boolean!: boolean;
  @EventAttribute('Date', Date) date!: Date;
  @EventAttribute('Array', Array) array!: number[];
  @EventAttribute('Mixed Array', Array) mixedArray!: (string | { a: number })[];
  @EventAttribute('Object', Object) object!: { a: number };
  @EventAttribute('Record', Object) record!: Record<string, unknown>;
  @EventAttribute('Item', TypedItem) item!: TypedItem;
  @EventAttribute('Lazy Item', () => TypedItem) lazyItem!: TypedItem;
  @EventAttribute('Items', [TypedItem]) items!: TypedItem[];
  @EventAttribute('Lazy Items', () => [TypedItem]) lazyItems!: TypedItem[];
  @EventAttribute('Items Of Lazy', [() => TypedItem]) itemsOfLazy!: TypedItem[];
  @EventAttribute('Strings', [String]) strings!: string[];
  @EventAttribute('Numbers', [Number]) numbers!: readonly number[];
  @EventAttribute('Dates', [Date]) dates!: readonly Date[];
  @EventAttribute('Optional', Number, { optional: true }) optional?: number;
  @EventAttribute('Or Undefined', Number, { optional: true }) orUndefined!: number | undefined;
  @EventAttribute('Or Null', Number, { optional: true }) orNull!: number | null;
  @EventAttribute('Optional Or Null', TypedItem, { optional: true }) optionalOrNull?: TypedItem | null;
  @EventAttribute('Optional Items', [TypedItem], { optional: true }) optionalItems?: TypedItem[];
  @EventAttribute('Readonly', String) readonly readonly!: string;
  @EventAttribute('Colour', String) colour!: Colour;
  @EventAttribute('Rank', Number) rank!: Rank;
  @EventAttribute('Literals', String) literals!: 'a' | 'b';
  @EventAttribute('Number Literals', Number) numberLiterals!: 1 | 2;
  @EventAttribute('Own Parts', TypedItem) ownParts!: { sku: string; count?: number };
  @EventAttribute('Inferred') inferred!: string;
  @EventAttribute('Inferred With Options', { description: 'x', example: 1 }) inferredWithOptions!: number;
  @EventAttribute('Accessor', Number) get accessor(): number {
    return 1;
  }
}

export class Recursive {
  @EventAttribute('Parent', () => Recursive, { optional: true }) parent?: Recursive;
  @EventAttribute('Children', () => [Recursive], { optional: true }) children?: Recursive[];
}

/** Properties that do not. */
export class Unfitting {
  // @ts-expect-error a string is no Number
  @EventAttribute('a', Number) a!: string;
  // @ts-expect-error a number is no String
  @EventAttribute('Price', String) price!: number;
  // @ts-expect-error a string is no Date
  @EventAttribute('c', Date) c!: string;
  // @ts-expect-error a Date is no String
  @EventAttribute('d', String) d!: Date;
  // @ts-expect-error a string is no Boolean
  @EventAttribute('e', Boolean) e!: string;
  // @ts-expect-error a string is no Array
  @EventAttribute('f', Array) f!: string;
  // @ts-expect-error a number is no Object
  @EventAttribute('g', Object) g!: number;
  // @ts-expect-error an optional one is of another type
  @EventAttribute('h', Number, { optional: true }) h?: string;
  // @ts-expect-error so is one that may be null
  @EventAttribute('i', Number, { optional: true }) i!: string | null;
  // @ts-expect-error and one of two types
  @EventAttribute('j', Number) j!: string | number;
  // @ts-expect-error an enum of strings is no Number
  @EventAttribute('k', Number) k!: Colour;
  // @ts-expect-error an enum of numbers is no String
  @EventAttribute('l', String) l!: Rank;
  // @ts-expect-error literals of another type
  @EventAttribute('m', Number) m!: 'a' | 'b';
  // @ts-expect-error one item where there is an array
  @EventAttribute('n', TypedItem) n!: TypedItem[];
  // @ts-expect-error an array where there is one item
  @EventAttribute('o', [TypedItem]) o!: TypedItem;
  // @ts-expect-error an array of others
  @EventAttribute('p', [String]) p!: number[];
  // @ts-expect-error another nested class
  @EventAttribute('q', TypedItem) q!: { sku: number };
  // @ts-expect-error another class, lazily
  @EventAttribute('r', () => TypedItem) r!: string;
  // @ts-expect-error an array of others, lazily
  @EventAttribute('s', () => [TypedItem]) s!: string[];
  // @ts-expect-error what is readonly has a type too
  @EventAttribute('t', Number) readonly t!: string;
  // @ts-expect-error so has an accessor
  @EventAttribute('u', Number) get u(): string {
    return '';
  }
}

export class NoTypes {
  // @ts-expect-error a name of a type is no type
  @EventAttribute('a', 'String') a!: string;
  // @ts-expect-error the name is missing
  @EventAttribute() b!: string;
  // @ts-expect-error the name is a String
  @EventAttribute(1, Number) c!: number;
  // @ts-expect-error there is no such option
  @EventAttribute('d', Number, { optionl: true }) d!: number;
  // @ts-expect-error an array of two types
  @EventAttribute('e', [String, Number]) e!: (string | number)[];
}

// @ts-expect-error an event has a name
@WebEngageEvent()
export class Nameless {}

// @ts-expect-error which is a String
@WebEngageEvent(5)
export class Numbered {}
