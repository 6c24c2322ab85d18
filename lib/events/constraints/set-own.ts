import type { JsonObject, JsonValue } from '../event-data.js';

/** Sets an own property, whatever its name: assigning to `__proto__` would change the prototype instead. */
export function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
