import fc from 'fast-check';
import type { Answer } from '../../../../lib/http/answer.js';
import type { BulkPolicy, Overflow } from '../../../../lib/webengage.options.js';
import { answerOf, neverConnected } from '../../../support/delivery-fakes.js';

const HOUR = 3_600_000;

/** What a run is set up with. */
export interface Settings {
  readonly concurrency: number;
  readonly bulk: BulkPolicy;
  readonly overflow: Overflow;
  readonly maxPending: number;
  readonly maxPendingBytes: number;
  readonly retry: { readonly maxAttempts: number; readonly minDelay: number; readonly maxDelay: number };
  /** What the governors say of a backlog, and the milliseconds that they keep between two calls. */
  readonly capacity: number;
  readonly spacing: number;
  /** Given out in turn, again and again. */
  readonly randomNumbers: readonly number[];
  readonly answers: readonly Answer[];
  /** What a subscriber does with an event that has ended. */
  readonly onFailed: 'nothing' | 'track' | 'retry';
  readonly onDelivered: 'nothing' | 'track';
  /** Whether everything is well in the end, so that all must arrive before the close. */
  readonly heals: boolean;
}

export type Command =
  | { readonly kind: 'accept'; readonly sizes: readonly number[] }
  /** An event from a store, sent first so many milliseconds ago. */
  | { readonly kind: 'accept again'; readonly age: number }
  | { readonly kind: 'settle'; readonly calls: number }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'drain' }
  | { readonly kind: 'close' };

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(answerOf(201)) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...[200, 202, 301, 400, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503])
      .map((status) => answerOf(status, status === 202 ? { mayBeIngested: true } : {})),
  },
  { weight: 3, arbitrary: fc.constantFrom(answerOf(undefined), neverConnected) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(408, 429, 503), fc.constantFrom(0, 50, 3_000, HOUR, 5 * HOUR))
      .map(([status, retryAfter]) => answerOf(status, { retryAfter })),
  },
);

/** Hosts that fail in series too, not only now and then. */
const answers = fc.oneof(
  fc.array(answer, { minLength: 1, maxLength: 40 }),
  fc
    .array(fc.tuple(answer, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 8 })
    .map((series) => series.flatMap(([one, times]) => Array.from({ length: times }, () => one))),
);

export const settings: fc.Arbitrary<Settings> = fc.record({
  concurrency: fc.integer({ min: 1, max: 4 }),
  bulk: fc.constantFrom<BulkPolicy[]>('never', 'backlog', 'always'),
  overflow: fc.constantFrom<Overflow[]>('reject', 'drop-oldest'),
  maxPending: fc.constantFrom(1, 3, 8, 40, 60),
  maxPendingBytes: fc.constantFrom(60, 300, 100_000),
  retry: fc.record({
    maxAttempts: fc.integer({ min: 1, max: 5 }),
    minDelay: fc.constantFrom(0, 10, 250),
    maxDelay: fc.constantFrom(250, 30_000),
  }),
  capacity: fc.constantFrom(0, 1, 5),
  spacing: fc.constantFrom(0, 0, 7),
  randomNumbers: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 10 }),
  answers,
  onFailed: fc.constantFrom('nothing', 'track', 'retry'),
  onDelivered: fc.constantFrom('nothing', 'nothing', 'track'),
  heals: fc.boolean(),
});

const size = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 70 }));

export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: accept(fc.array(size, { minLength: 1, maxLength: 1 })) },
    { weight: 3, arbitrary: accept(fc.array(size, { minLength: 0, maxLength: 60, size: 'max' })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: 5 * HOUR }).map((age): Command => ({ kind: 'accept again', age })),
    },
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }).map((calls): Command => ({ kind: 'settle', calls })) },
    {
      weight: 8,
      arbitrary: fc
        .oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ max: 20_000, min: 0 }), fc.constantFrom(HOUR, 4 * HOUR))
        .map((milliseconds): Command => ({ kind: 'pass', milliseconds })),
    },
    { weight: 1, arbitrary: fc.constant<Command>({ kind: 'drain' }) },
    { weight: 1, arbitrary: fc.constant<Command>({ kind: 'close' }) },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
);

function accept(sizes: fc.Arbitrary<number[]>): fc.Arbitrary<Command> {
  return sizes.map((given) => ({ kind: 'accept', sizes: given }));
}
