import { randomFillSync } from 'node:crypto';

const ID_BYTES = 16;
const IDS_AT_ONCE = 256;
const REQUEST_ID = /^[0-9a-f]{32}$/;

/** Gives out `x-request-id`s: 32 random hexadecimal digits each. */
export class RequestIds {
  // Random bytes are dear one by one, and cheap by the thousand.
  private readonly bytes = Buffer.alloc(ID_BYTES * IDS_AT_ONCE);
  private used = this.bytes.length;

  next(): string {
    if (this.used === this.bytes.length) {
      randomFillSync(this.bytes);
      this.used = 0;
    }
    const start = this.used;
    this.used += ID_BYTES;
    return this.bytes.toString('hex', start, this.used);
  }
}

/** Whether a String can be a request id that this library gave. */
export function isRequestId(text: string): boolean {
  return REQUEST_ID.test(text);
}
