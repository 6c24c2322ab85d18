import type { AnyClass } from '../../common/any-class.js';
import { isPromiseLike } from '../../common/maybe-promise.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';

type PlainToken =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | DateConstructor
  | ArrayConstructor
  | ObjectConstructor
  | AnyClass;

/**
 * How `@EventAttribute()` is told an attribute's type: `String`, `Number`, `Boolean`, `Date`, `Array`, `Object`, a class
 * whose properties have `@EventAttribute()`, one of these in an array for a JSON Array of them, or a function that
 * returns any of these, where the class is declared further down.
 */
export type AttributeTypeToken =
  PlainToken | readonly [AttributeTypeToken] | (() => PlainToken | readonly AttributeTypeToken[]);

/** The values that a property of this type may hold. */
export type ValueOfToken<Token> = Token extends StringConstructor
  ? string
  : Token extends NumberConstructor
    ? number
    : Token extends BooleanConstructor
      ? boolean
      : Token extends DateConstructor
        ? Date
        : Token extends ArrayConstructor
          ? readonly unknown[]
          : Token extends ObjectConstructor
            ? object
            : Token extends readonly (infer Item)[]
              ? readonly ValueOfToken<Item>[]
              : Token extends abstract new (...given: never[]) => infer Instance
                ? Instance
                : Token extends () => infer Lazy
                  ? ValueOfToken<Lazy>
                  : never;

/** An attribute's type as it was told, taken apart. */
export interface ReadType {
  readonly type: AttributeType;
  /** The class of the value, or of an array's items, where it is one with attributes of its own. */
  readonly nested: AnyClass | undefined;
}

const BUILT_IN = new Map<unknown, AttributeType>([
  [String, 'String'],
  [Number, 'Number'],
  [Boolean, 'Boolean'],
  [Date, 'Date'],
  [Array, 'JSON Array'],
  [Object, 'JSON Object'],
]);

/** Takes a token apart; undefined for what is none. Whether a class has attributes is not looked at. */
export function readTypeToken(token: unknown): ReadType | undefined {
  const type = BUILT_IN.get(token);
  if (type !== undefined) return { type, nested: undefined };
  if (Array.isArray(token)) return readArrayToken(token);
  if (typeof token !== 'function') return undefined;
  if (isClass(token)) return { type: 'JSON Object', nested: token };
  return readLazyToken(token as () => unknown);
}

/** Whether a function can be called with `new`: arrow functions have no prototype. */
function isClass(token: unknown): token is AnyClass {
  return typeof token === 'function' && typeof token.prototype === 'object' && token.prototype !== null;
}

function readArrayToken(token: readonly unknown[]): ReadType | undefined {
  if (token.length !== 1) return undefined;
  const item = readTypeToken(token[0]);
  return item && { type: 'JSON Array', nested: item.nested };
}

function readLazyToken(token: () => unknown): ReadType | undefined {
  const returned = token();
  return (typeof returned === 'function' && !isClass(returned) && !BUILT_IN.has(returned)) || isPromiseLike(returned)
    ? undefined
    : readTypeToken(returned);
}
