import { describe, expect, it } from '@jest/globals';
import type { CatalogEvent } from '../../../lib/catalog/catalog-event.js';
import { compareWithLockFile } from '../../../lib/catalog/lock-file/compare-lock-file.js';
import { describeLockDifference } from '../../../lib/catalog/lock-file/describe-lock-difference.js';
import type { LockFileEvent } from '../../../lib/catalog/lock-file/lock-file.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';

function event(eventName: string, className: string, types: Record<string, AttributeType> = {}): CatalogEvent {
  const attributes = Object.entries(types).map(([name, type]) => {
    return { name, type, property: name.toLowerCase(), isOptional: false, description: undefined, example: undefined };
  });
  return { eventName, className, description: undefined, attributes };
}

function differences(catalog: readonly CatalogEvent[], events: Record<string, LockFileEvent>): string[] {
  const found = compareWithLockFile(catalog, { version: 1, events });
  return found.map((difference) => describeLockDifference(difference, 'lock'));
}

describe('comparing a catalog with a lock file', () => {
  it('takes the only attribute that is gone and the only new one of its type for one', () => {
    const catalog = [event('Purchased', 'Purchased', { Amount: 'Number', Currency: 'String' })];
    const attributes = { Total: 'Number', Paid: 'Boolean' } as const;
    expect(differences(catalog, { Purchased: { classes: ['Purchased'], attributes } })).toEqual([
      '"Purchased": "Paid" (Boolean) is in lock, but no longer in the code; WebEngage still counts it among the 25 of its type',
      '"Purchased": "Total" (Number) seems to be called "Amount" now (Purchased.amount): to WebEngage that is another attribute, and "Total" gets no more values',
      '"Purchased": "Currency" (String, Purchased.currency) is not in lock yet',
    ]);
  });

  it('pairs the names that are most alike', () => {
    const catalog = [
      event('Purchased', 'Purchased', { 'Unit Prices': 'Number', 'Unit price': 'Number', Shop: 'Number' }),
    ];
    const attributes = { 'Unit Price': 'Number', Total: 'Number', Tax: 'Number' } as const;
    expect(differences(catalog, { Purchased: { classes: ['Purchased'], attributes } })).toEqual([
      expect.stringMatching(/"Tax" .* no longer in the code/),
      expect.stringMatching(/"Total" .* no longer in the code/),
      expect.stringMatching(/"Unit Price" \(Number\) seems to be called "Unit price" now/),
      expect.stringMatching(/"Shop" .* not in lock yet/),
      expect.stringMatching(/"Unit Prices" .* not in lock yet/),
    ]);
  });

  it('takes an event for a renamed one if its class or its name says so, and no other', () => {
    const removed = { Purchase: { classes: ['A'] }, 'Added To Cart': { classes: ['B'] }, Viewed: { classes: ['C'] } };
    const catalog = [event('Purchased', 'X'), event('Cart', 'B'), event('Newsletter', 'Y')];
    expect(differences(catalog, removed)).toEqual([
      '"Added To Cart" seems to be called "Cart" now (B): to WebEngage that is another event, and this one gets no more data',
      '"Newsletter" (Y) is not in lock yet',
      '"Purchase" seems to be called "Purchased" now (X): to WebEngage that is another event, and this one gets no more data',
      '"Viewed" (C) is in lock, but no longer in the code',
    ]);
  });

  it('tells what was learned before it was declared', () => {
    const locked: LockFileEvent = { undeclared: { Page: 'Number', Old: 'Date' } };
    expect(differences([event('Viewed', 'Viewed', { Page: 'Number' })], { Viewed: locked })).toEqual([
      '"Viewed" is declared by Viewed, but by no class in lock',
    ]);
    expect(differences([event('Viewed', 'Viewed', { Page: 'String' })], { Viewed: locked })).toEqual([
      '"Viewed" is declared by Viewed, but by no class in lock',
      '"Viewed": "Page" is a String in the code (Viewed.page), but a Number in lock, among those that no class declared: WebEngage would silently drop it',
    ]);
    const declared = [event('Viewed', 'Viewed', { Page: 'Number' })];
    expect(differences(declared, { Viewed: { ...locked, classes: ['Viewed'] } })).toEqual([
      '"Viewed": "Page" (Number) is declared by now (Viewed.page), but not in lock',
    ]);
  });

  it('leaves alone what only the lock file has', () => {
    expect(differences([], { Viewed: { undeclared: { Page: 'Number' } }, Seen: {} })).toEqual([]);
  });
});
