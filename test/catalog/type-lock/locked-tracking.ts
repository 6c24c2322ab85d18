import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventsService, OnTypeConflict, WebEngageModuleOptions } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { DIRECT } from '../../support/deliveries.js';
import { startTracking, type TrackingContext } from '../../support/tracking-context.js';

export const MODES = ['reject', 'drop-attribute', 'warn'] as const satisfies readonly OnTypeConflict[];

/** What each test finds ready: a sandbox, and the way to start applications that track to it. */
export interface LockedTracking {
  sandbox: WebEngageSandbox;
  /** A folder that is there for the test. */
  folder: string;
  /** Starts an application with direct delivery: what was sent has arrived when `track()` resolves. */
  start(options?: Partial<WebEngageModuleOptions>): Promise<TrackingContext>;
  /** Writes a lock file and returns its path. */
  writeLockFile(events: object): string;
  /** The attributes that WebEngage would keep, event by event, and how many it would silently drop. */
  kept(): unknown[];
  droppedCount(): number;
}

/** Called once in a describe block; everything is new for each test. */
export function useLockedTracking(): LockedTracking {
  const started: TrackingContext[] = [];
  const locked = {
    async start(options = {}) {
      const context = await startTracking({
        host: locked.sandbox.url,
        delivery: DIRECT,
        ...options,
        typeLock: { lockFile: false, ...options.typeLock },
      });
      started.push(context);
      return context;
    },
    writeLockFile(events) {
      const path = join(locked.folder, 'webengage.lock.json');
      writeFileSync(path, JSON.stringify({ version: 1, events }));
      return path;
    },
    kept: () => locked.sandbox.events().map(({ kept }) => kept),
    droppedCount: () => locked.sandbox.events().flatMap(({ dropped }) => dropped).length,
  } as LockedTracking;

  beforeEach(async () => {
    locked.folder = mkdtempSync(join(tmpdir(), 'type-lock-'));
    locked.sandbox = await WebEngageSandbox.start();
  });

  afterEach(async () => {
    for (const { app } of started.splice(0)) await app.close();
    await locked.sandbox.close();
    rmSync(locked.folder, { recursive: true });
  });

  return locked;
}

/** Tracks an event of one name with these attributes. */
export function trackCart(events: EventsService, eventData: Record<string, unknown>, eventName = 'Added to Cart') {
  return events.track({ userId: 'johndoe', eventName, eventData: eventData as Record<string, never> });
}

/** The lines that speak of an attribute; those aside that say of each refused event that it was refused. */
export function linesOn({ logger }: TrackingContext, attribute: string): string[] {
  return logger.lines
    .filter(({ text }) => text.includes(attribute) && !text.startsWith('Refused: '))
    .map(({ level, text }) => `${level}: ${text}`);
}
