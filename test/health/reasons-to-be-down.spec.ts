import { describe, expect, it } from '@jest/globals';
import type { DeliveryHealth } from 'nestjs-webengage';
import { resolveHealthOptions } from '../../lib/health/health-options.js';
import { reasonsToBeDown } from '../../lib/health/reasons-to-be-down.js';

const MINUTE = 60_000;
const NOW = Date.parse('2026-01-01T00:00:00Z');
const WELL: DeliveryHealth = { pending: 0, quotaUse: { single: 0, bulk: 0 }, failedByReason: {} };

const reasons = (health: Partial<DeliveryHealth>, options: object = {}) =>
  reasonsToBeDown({ ...WELL, ...health }, resolveHealthOptions(options), NOW);

describe('by default', () => {
  it.each<[string, Partial<DeliveryHealth>]>([
    ['nothing is pending', {}],
    ['8,000 events are pending', { pending: 8_000, oldestPendingAge: 10 }],
    [
      'an event waits for five minutes, beside others that arrive',
      { pending: 1, oldestPendingAge: 5 * MINUTE, lastDeliveredAt: NOW },
    ],
    [
      'nothing arrived for two minutes',
      { pending: 1, oldestPendingAge: 2 * MINUTE, lastDeliveredAt: NOW - 2 * MINUTE },
    ],
    ['an event waits after a quiet hour', { pending: 1, oldestPendingAge: 20, lastDeliveredAt: NOW - 60 * MINUTE }],
    ['nothing is pending after a quiet hour', { lastDeliveredAt: NOW - 60 * MINUTE }],
    ['the quota is used up', { quotaUse: { single: 1, bulk: 1 } }],
    ['events have failed', { failedByReason: { 'refused by WebEngage': 1_000 } }],
    ['the clock was set back', { pending: 1, oldestPendingAge: 0, lastDeliveredAt: NOW + 60 * MINUTE }],
  ])('delivery is well when %s', (_, health) => {
    expect(reasons(health)).toEqual([]);
  });

  it.each<[string, Partial<DeliveryHealth>, RegExp]>([
    ['more than 8,000 events are pending', { pending: 8_001, oldestPendingAge: 10 }, /maxPending: 8000/],
    [
      'an event waits for longer than five minutes',
      { pending: 1, oldestPendingAge: 5 * MINUTE + 1, lastDeliveredAt: NOW },
      /maxPendingAge: 300000/,
    ],
    [
      'nothing arrives any more',
      { pending: 1, oldestPendingAge: 3 * MINUTE, lastDeliveredAt: NOW - 2 * MINUTE - 1 },
      /120001 ms.*maxSinceDelivered: 120000/,
    ],
    ['nothing ever arrived', { pending: 1, oldestPendingAge: 2 * MINUTE + 1 }, /120001 ms.*maxSinceDelivered: 120000/],
    ['the host is down', { pausedReason: 'host down' }, /paused: host down/],
    ['access is refused', { pausedReason: 'access refused' }, /paused: access refused/],
  ])('delivery is not well when %s', (_, health, reason) => {
    expect(reasons(health)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('a limit', () => {
  const poor: Partial<DeliveryHealth> = {
    pending: 1_000_000,
    oldestPendingAge: 60 * MINUTE,
    pausedReason: 'host down',
    quotaUse: { single: 0.5, bulk: 0.25 },
  };

  it.each<[object, string[]]>([
    [{ maxPending: Infinity, maxPendingAge: Infinity, maxSinceDelivered: Infinity, whenPaused: 'up' }, []],
    [{ maxPending: Infinity, maxPendingAge: Infinity, maxSinceDelivered: Infinity }, ['paused']],
    [{ maxQuotaUse: 0.5, whenPaused: 'up' }, ['maxPending:', 'maxPendingAge:', 'maxSinceDelivered:']],
    [
      { maxQuotaUse: 0.4 },
      ['paused', 'maxPending:', 'maxPendingAge:', 'maxSinceDelivered:', '0.5 of the quota of calls with one event'],
    ],
    [
      { maxQuotaUse: 0, maxPending: Infinity, maxPendingAge: Infinity, maxSinceDelivered: Infinity, whenPaused: 'up' },
      ['0.5 of', '0.25 of the quota of bulk calls'],
    ],
  ])('%p finds what is past it, and no more', (options, found) => {
    expect(reasons(poor, options)).toEqual(found.map((part) => expect.stringContaining(part)));
  });

  it.each(['maxPending', 'maxPendingAge', 'maxSinceDelivered', 'maxQuotaUse'])(
    '%s: undefined is its default',
    (option) => {
      expect(resolveHealthOptions({ [option]: undefined })).toEqual(resolveHealthOptions({}));
    },
  );
});
