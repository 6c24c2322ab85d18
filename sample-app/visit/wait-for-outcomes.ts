import type { EventsService } from 'nestjs-webengage';
import { lastValueFrom, merge, of, takeUntil, takeWhile, timer } from 'rxjs';

/**
 * Waits until every tracked event has its outcome, for so many milliseconds at most. With durable delivery `flush()`
 * waits for Redis only; there the outcomes come later, and in the process that delivers, which here is this one.
 */
export async function waitForOutcomes(events: EventsService, timeout: number): Promise<void> {
  const outcomesToCome = (): number => {
    const { accepted, delivered, failed } = events.stats();
    return Math.max(0, accepted - delivered - failed);
  };
  const outcomes$ = merge(of('none yet'), events.delivered$, events.failed$);
  await lastValueFrom(
    outcomes$.pipe(
      takeWhile(() => outcomesToCome() > 0),
      takeUntil(timer(timeout)),
    ),
    { defaultValue: undefined },
  );
  if (outcomesToCome() > 0) throw new Error(`${outcomesToCome()} events had no outcome within ${timeout} ms`);
}
