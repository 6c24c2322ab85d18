import { amplitude } from './amplitude.mjs';
import { axiosBulkLoop, axiosTunedLoop } from './axios-loops.mjs';
import { durableBulkWebengage, durableSingleWebengage } from './durable-webengage.mjs';
import { httpServiceLoop } from './http-service-loop.mjs';
import { mixpanel } from './mixpanel.mjs';
import { plainBullMq, plainBullMqTuned } from './plain-bullmq.mjs';
import { posthog } from './posthog.mjs';
import { rudderstack } from './rudderstack.mjs';
import { segment } from './segment.mjs';
import {
  classInstanceWebengage,
  classValuesWebengage,
  unguardedWebengage,
  validatedInstanceWebengage,
  validatedValuesWebengage,
} from './typed-webengage.mjs';
import { bulkWebengage, directWebengage, singleWebengage } from './webengage.mjs';

/**
 * What keeps events in memory. `open({ origin, maxPending })` answers either `track(userId, eventData)` and `settle()`,
 * which resolves when all is delivered, or, for a bare loop, `deliver(from, to, eventOf)`, which sends those events.
 */
export const inMemory = {
  bulkWebengage,
  singleWebengage,
  directWebengage,
  segment,
  posthog,
  amplitude,
  rudderstack,
  mixpanel,
  axiosBulkLoop,
  httpServiceLoop,
  axiosTunedLoop,
};

/**
 * What keeps them in Redis. `open({ origin, redis, role })` answers `track(userId, eventData)`, which resolves once Redis
 * has the event, and `delivered()`, the number of events that this process has delivered.
 */
export const durable = { durableSingleWebengage, durableBulkWebengage, plainBullMq, plainBullMqTuned };

/**
 * This library without its type guard, and with event classes. `open()` answers as in `inMemory`; where it answers
 * `dataOf(number)` too, that is what its `track()` takes for `eventData`.
 */
export const typed = {
  unguardedWebengage,
  classValuesWebengage,
  classInstanceWebengage,
  validatedValuesWebengage,
  validatedInstanceWebengage,
};

/** All that is measured. */
export const libraries = { ...inMemory, ...durable, ...typed };

/** The SDKs that ours is compared with. */
export const PEERS = ['segment', 'posthog', 'amplitude', 'rudderstack', 'mixpanel'];
