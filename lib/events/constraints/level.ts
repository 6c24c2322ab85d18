import { quote } from '../../common/describe-value.js';

/** One object on the way to the value that is being read, and the key under which that value stands in it. */
export interface Level {
  readonly object: unknown;
  /** The level of the object that holds this one. */
  readonly outer: Level | undefined;
  /** How many objects the way has so far, this one included. */
  readonly depth: number;
  /** Undefined while it is the object itself that is being read. */
  key: string | number | undefined;
}

/** The way from the outermost object down to the value, as paths write it: `["Items"][2]["sku"]`. */
export function pathBelow({ outer, key }: Level): string {
  const above = outer === undefined ? '' : pathBelow(outer);
  return key === undefined ? above : above + keyPath(key);
}

/** How a path goes on by a key: `["sku"]`, `[2]`. */
export function keyPath(key: string | number): string {
  return `[${typeof key === 'string' ? quote(key) : key}]`;
}

/** Whether the way leads through an object. */
export function leadsThrough({ object, outer }: Level, searched: object): boolean {
  return object === searched || (outer !== undefined && leadsThrough(outer, searched));
}
