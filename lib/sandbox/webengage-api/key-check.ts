import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer (\S+)$/i;

/** Compares the keys that come in with the one that is let in. Neither is kept: only the digest of the latter is. */
export class KeyCheck {
  readonly #digest: Buffer | undefined;

  /** Without a key every key is let in. */
  constructor(apiKey: string | undefined) {
    this.#digest = apiKey === undefined ? undefined : digestOf(apiKey);
  }

  lets(authorization: string | undefined): boolean {
    const [, key] = BEARER.exec(authorization ?? '') ?? [];
    if (key === undefined) return false;
    return this.#digest === undefined || timingSafeEqual(this.#digest, digestOf(key));
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
