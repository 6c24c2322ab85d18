import { describe, expect, it } from '@jest/globals';
import { EMPTY, firstValueFrom, lastValueFrom, map, NEVER, type Observable, of, Subject, take, throwError } from 'rxjs';
import { onSuccess } from '../../lib/tracking/on-success.js';

const http = { needsValue: true, answersOnce: true };
const stream = { needsValue: true, answersOnce: false };

/** Runs what an application does with a handler's answer, and tells with which values success was announced. */
async function successes<Value>(
  source: Observable<Value>,
  consume: (answer$: Observable<Value>) => unknown,
  rules = http,
): Promise<unknown[]> {
  const announced: unknown[] = [];
  await Promise.resolve(consume(source.pipe(onSuccess(rules, (value) => announced.push(value))))).catch(
    () => undefined,
  );
  return announced;
}

function source<Value>(emit: (subject: Subject<Value>) => void): { source: Subject<Value>; emit: () => void } {
  const subject = new Subject<Value>();
  return { source: subject, emit: () => emit(subject) };
}

describe('the success of a handler', () => {
  it.each<[string, Observable<unknown>, unknown[]]>([
    ['one value', of(1), [1]],
    ['three values', of(1, 2, 3), [3]],
    ['the value undefined', of(undefined), [undefined]],
    ['no value', EMPTY, []],
    ['an error', throwError(() => new Error('no')), []],
  ])('with %s', async (_what, answer$, expected) => {
    expect(await successes(answer$, (observed$) => lastValueFrom(observed$))).toEqual(expected);
  });

  it('needs no value where the transport needs none', async () => {
    expect(await successes(EMPTY, (answer$) => answer$.subscribe(), { ...http, needsValue: false })).toEqual([
      undefined,
    ]);
  });

  it.each<[string, (answer$: Observable<number>) => unknown]>([
    ['firstValueFrom()', (answer$) => firstValueFrom(answer$)],
    ['take(1)', (answer$) => lastValueFrom(answer$.pipe(take(1)))],
  ])('is taken by %s, but not of a stream', async (_what, consume) => {
    expect(await successes(of(1, 2), consume)).toEqual([1]);
    expect(await successes(of(1, 2), consume, stream)).toEqual([]);
  });

  it('is none if the answer is left before it is there, or between its values', async () => {
    expect(await successes(NEVER, (answer$) => answer$.subscribe().unsubscribe())).toEqual([]);
    const { source: source$, emit } = source<number>((subject) => subject.next(1));
    const left = successes(source$, (answer$) => {
      const subscription = answer$.subscribe();
      emit();
      subscription.unsubscribe();
    });
    expect(await left).toEqual([]);
  });

  it.each<[string, (subject: Subject<number>) => void, unknown[]]>([
    ['completes', (subject) => subject.complete(), [1]],
    ['fails', (subject) => subject.error(new Error('no')), []],
  ])('is announced once at most if the source %s while it hands over its value', async (_what, then, expected) => {
    const subject = new Subject<number>();
    const announced = successes(subject, (answer$) => {
      answer$.subscribe({ next: () => then(subject), error: () => undefined });
      subject.next(1);
    });
    expect(await announced).toEqual(expected);
  });

  it('is announced once if values come within one another', async () => {
    const subject = new Subject<number>();
    const announced = successes(subject, (answer$) => {
      answer$.pipe(take(2)).subscribe((value) => {
        if (value === 1) subject.next(2);
      });
      subject.next(1);
    });
    expect(await announced).toHaveLength(1);
  });

  it('is announced for each subscription', async () => {
    const twice = (answer$: Observable<number>) => lastValueFrom(answer$).then(() => lastValueFrom(answer$));
    expect(await successes(of(1), twice)).toEqual([1, 1]);
  });

  it('stops a source without end when its consumer leaves', async () => {
    let emitted = 0;
    const endless$ = of(...Array.from({ length: 1000 }, (_, index) => index)).pipe(map((value) => (emitted++, value)));
    await successes(endless$, (answer$) => firstValueFrom(answer$));
    expect(emitted).toBe(1);
  });
});
