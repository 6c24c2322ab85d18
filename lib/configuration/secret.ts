import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** Holds a secret, or what leads to one, so that no log, `inspect()` or JSON of whatever holds it shows it. */
export class Secret<Value> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** Makes an object show a secret field neither in logs nor in JSON, while reading and spreading it work as before. */
export function hideField<Host extends object>(host: Host, field: keyof Host): Host {
  const shown = () => (host[field] === undefined ? { ...host } : { ...host, [field]: HIDDEN });
  return Object.defineProperties(host, {
    toJSON: { value: shown },
    [inspect.custom]: { value: shown },
  });
}
