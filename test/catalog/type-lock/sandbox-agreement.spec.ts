import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { AttributeTypeLock } from '../../../lib/catalog/type-lock/attribute-type-lock.js';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';
import type { Lesson } from '../../../lib/events/type-lock.js';
import { AttributeTypes } from '../../../lib/sandbox/account/attribute-types.js';
import { silentLog } from '../../support/delivery-fakes.js';
import { DIRECT } from '../../support/deliveries.js';
import { startTracking } from '../../support/tracking-context.js';
import { type AnyEvent, anyCatalog, anyTraffic } from './arbitrary-traffic.js';

const LIMITS = { maxEvents: 100, maxAttributes: 10_000 };

/** What is locked from the beginning, as the sandbox holds it. */
function declaredTypes(catalog: readonly LockedType[]) {
  const declared = new Map();
  for (const { eventName, attribute, type } of catalog) {
    const event = declared.get(eventName) ?? { classNames: [], attributes: new Map(), perType: {} };
    event.attributes.set(attribute, { name: attribute, type, source: 'lock file', because: 'the lock file makes it' });
    event.perType[type] = (event.perType[type] ?? 0) + 1;
    declared.set(eventName, event);
  }
  return declared as ConstructorParameters<typeof AttributeTypes>[1];
}

function lockOf(catalog: readonly LockedType[]): AttributeTypeLock {
  const lock = new AttributeTypeLock(LIMITS, silentLog);
  for (const locked of catalog) lock.fix(locked, 'lock file', 'the lock file makes it');
  return lock;
}

/** The attributes that WebEngage would drop of an event. */
function dropped(types: AttributeTypes, { eventName, eventData }: AnyEvent): string[] {
  return Object.entries(eventData)
    .filter(([name, value]) => types.learn(eventName, name, value, name, 0) !== undefined)
    .map(([name]) => name);
}

describe("the lock's verdicts are the sandbox's", () => {
  it("attribute by attribute, as with 'warn'", () => {
    const rules = new Set<string>();
    fc.assert(
      fc.property(anyCatalog, anyTraffic, (catalog, traffic) => {
        const types = new AttributeTypes({ left: 10_000 }, declaredTypes(catalog));
        const lock = lockOf(catalog);
        for (const event of traffic) {
          const conflicts = lock.judge(event.eventName, event.eventData, []);
          for (const { violation } of conflicts) rules.add(violation.rule);
          expect(conflicts.map(({ attribute }) => attribute)).toEqual(dropped(types, event));
        }
      }),
      { numRuns: 400 },
    );
    expect([...rules].sort()).toEqual(['attributesPerType', 'typeConflict']);
  });

  it("nothing is left to drop, as with 'drop-attribute'", () => {
    fc.assert(
      fc.property(anyCatalog, anyTraffic, (catalog, traffic) => {
        const types = new AttributeTypes({ left: 10_000 }, declaredTypes(catalog));
        const lock = lockOf(catalog);
        for (const { eventName, eventData } of traffic) {
          const conflicts = new Set(lock.judge(eventName, eventData, []).map(({ attribute }) => attribute));
          const rest = Object.fromEntries(Object.entries(eventData).filter(([name]) => !conflicts.has(name)));
          expect(dropped(types, { eventName, eventData: rest })).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("of events some of which are refused, as with 'reject'", () => {
    fc.assert(
      fc.property(
        anyCatalog,
        fc.array(
          fc.tuple(
            anyTraffic.map((traffic) => traffic.slice(0, 3)),
            fc.boolean(),
          ),
          { maxLength: 8 },
        ),
        (catalog, calls) => {
          const types = new AttributeTypes({ left: 10_000 }, declaredTypes(catalog));
          const lock = lockOf(catalog);
          for (const [events, isTaken] of calls) {
            const lessons: Lesson[] = [];
            const conflicts = events.flatMap(({ eventName, eventData }) => lock.judge(eventName, eventData, lessons));
            if (!isTaken || conflicts.length > 0) {
              lock.forget(lessons);
              continue;
            }
            lock.keep(lessons);
            expect(events.flatMap((event) => dropped(types, event))).toEqual([]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('over HTTP', () => {
  let sandbox: WebEngageSandbox;
  beforeAll(async () => {
    sandbox = await WebEngageSandbox.start();
  });
  afterAll(() => sandbox.close());

  it.each(['warn', 'drop-attribute'] as const)(
    "with '%s' the sandbox drops what was counted, or nothing",
    async (onTypeConflict) => {
      let account = 0;
      await fc.assert(
        fc.asyncProperty(anyTraffic, async (events) => {
          const licenseCode = `${onTypeConflict}-${account++}`;
          const typeLock = { lockFile: false as const };
          const context = await startTracking({
            host: sandbox.url,
            delivery: DIRECT,
            licenseCode,
            onTypeConflict,
            typeLock,
          });
          for (const event of events) await context.events.track({ userId: '1', ...event });
          const { typeConflicts } = context.events.stats();
          await context.app.close();
          const drops = sandbox.events((event) => event.licenseCode === licenseCode).flatMap((event) => event.dropped);
          expect(drops).toHaveLength(onTypeConflict === 'warn' ? typeConflicts : 0);
        }),
        { numRuns: 12 },
      );
    },
  );
});
