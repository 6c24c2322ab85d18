import { type ExpectedViolation, violated } from './boundary-case.js';

/** A function that throws what it is told to, undefined included, or else an Error. */
export function thrower(...thrown: unknown[]): () => never {
  return () => {
    throw thrown.length > 0 ? thrown[0] : new Error('trapped');
  };
}

/** The same object with one property more, whose getter throws. */
export function withThrowingGetter<Target extends object>(object: Target, key: string, thrown?: Error): Target {
  const get = thrown === undefined ? thrower() : thrower(thrown);
  return Object.defineProperty(object, key, { enumerable: true, configurable: true, get });
}

/** A Proxy of the object, of whose traps some throw. */
export function trapped(object: object, ...traps: (keyof ProxyHandler<object>)[]): object {
  return new Proxy(object, Object.fromEntries(traps.map((trap) => [trap, thrower()])));
}

/** A Proxy on which every operation throws. */
export function revoked(object: object): object {
  const { proxy, revoke } = Proxy.revocable(object, {});
  revoke();
  return proxy;
}

/** An array of arrays of arrays …, made as it is read. */
export function spreading(): unknown {
  return new Proxy(Array.from({ length: 10 }), {
    get: (array, key) => (key === 'length' ? array.length : spreading()),
  });
}

/** An Error of which not even the message can be read. */
export function unspeakableError(): Error {
  return Object.defineProperty(new Error(), 'message', { get: thrower() });
}

export function unreadable(path: string, ...says: string[]): ExpectedViolation {
  return violated(path, 'unreadable', 'could not be read', ...says);
}
