import fc from 'fast-check';
import { anything } from '../../support/arbitrary-events.js';
import { revoked } from '../boundary/hostile-values.js';

const TRAPS = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'isExtensible'] as const;

/** What is thrown, described: the thing itself could not be printed, and fast-check touches what it generates. */
type Thrown = readonly [
  kind: 'value' | 'message of an Error' | 'name of an Error' | 'revoked' | 'unprintable',
  unknown,
];

type Layer =
  | readonly [kind: 'proxy', traps: readonly (typeof TRAPS)[number][], thrown: Thrown]
  | readonly [kind: 'throwing getter', thrown: Thrown]
  | readonly [kind: 'length', length: unknown]
  | readonly [kind: 'revoked' | 'transparent' | 'getter' | 'in itself' | 'shared' | 'array' | 'object'];

/** How to make a hostile value: layers around a harmless one. */
export interface HostileRecipe {
  readonly value: unknown;
  readonly layers: readonly Layer[];
}

const thrown: fc.Arbitrary<Thrown> = fc.tuple(
  fc.constantFrom('value', 'message of an Error', 'name of an Error', 'revoked', 'unprintable'),
  anything,
);

const layer: fc.Arbitrary<Layer> = fc.oneof(
  fc.tuple(fc.constant('proxy' as const), fc.subarray([...TRAPS], { minLength: 1 }), thrown),
  fc.tuple(fc.constant('throwing getter' as const), thrown),
  fc.tuple(fc.constant('length' as const), anything),
  fc.tuple(fc.constantFrom('revoked', 'transparent', 'getter', 'in itself', 'shared', 'array', 'object')),
);

export const hostileRecipe: fc.Arbitrary<HostileRecipe> = fc.record({
  value: anything,
  layers: fc.array(layer, { maxLength: 5 }),
});

export function makeHostile({ value, layers }: HostileRecipe): unknown {
  return layers.reduce<unknown>(wrap, value);
}

function wrap(value: unknown, [kind, ...details]: Layer): unknown {
  switch (kind) {
    case 'proxy': {
      const [traps, error] = details as [(typeof TRAPS)[number][], Thrown];
      return new Proxy(asObject(value), Object.fromEntries(traps.map((trap) => [trap, () => raise(error)])));
    }
    case 'throwing getter':
      return withGetter({ value }, () => raise(details[0] as Thrown));
    case 'length':
      return new Proxy([value], { get: (array, key) => (key === 'length' ? details[0] : Reflect.get(array, key)) });
    case 'revoked':
      return revoked(asObject(value));
    case 'transparent':
      return new Proxy(asObject(value), {});
    case 'getter':
      return withGetter({}, () => value);
    case 'in itself':
      return inItself(value);
    case 'shared':
      return [value, value, { again: [value] }];
    case 'array':
      return [value];
    case 'object':
      return { value };
  }
}

function raise([kind, value]: Thrown): never {
  switch (kind) {
    case 'value':
      throw value;
    case 'message of an Error':
      throw Object.assign(new Error(), { message: value });
    case 'name of an Error':
      throw Object.assign(new Error('thrown'), { name: value });
    case 'revoked':
      throw revoked({});
    case 'unprintable':
      throw { toString: () => raise(['value', value]) };
  }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : { value };
}

function withGetter(object: object, get: () => unknown): object {
  return Object.defineProperty(object, 'trap', { enumerable: true, configurable: true, get });
}

function inItself(value: unknown): unknown {
  const loop: unknown[] = [value];
  loop.push({ loop });
  return loop;
}
