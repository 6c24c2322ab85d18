import { expect } from '@jest/globals';
import type { DeliveryStats, EventsService } from 'nestjs-webengage';

/** Looks into the books at every outcome that is told of, and whenever it is asked to. */
export interface Books {
  /** They balanced whenever they were looked into, with nothing less than nothing, and they count what was told of. */
  expectInOrder(): void;
}

/** Call it before the first event: it holds the outcomes that are told of against those that are counted. */
export function watchBooks(events: EventsService): Books {
  const pages: DeliveryStats[] = [];
  const told = { delivered: 0, failed: 0 };
  events.delivered$.subscribe(() => void (told.delivered++, pages.push(events.stats())));
  events.failed$.subscribe(() => void (told.failed++, pages.push(events.stats())));
  return {
    expectInOrder() {
      pages.push(events.stats());
      for (const page of pages) {
        const { accepted, fetched, delivered, failed, stored, pending } = page;
        expect(accepted + fetched).toBe(delivered + failed + stored + pending);
        expect(Math.min(...Object.values(page))).toBeGreaterThanOrEqual(0);
      }
      expect(events.stats()).toMatchObject(told);
    },
  };
}
