import { amplitude } from './amplitude.mjs';
import { axiosBulkLoop, axiosTunedLoop } from './axios-loops.mjs';
import { httpServiceLoop } from './http-service-loop.mjs';
import { mixpanel } from './mixpanel.mjs';
import { posthog } from './posthog.mjs';
import { rudderstack } from './rudderstack.mjs';
import { segment } from './segment.mjs';
import { bulkWebengage, directWebengage, singleWebengage } from './webengage.mjs';

/**
 * What is measured. `open({ origin, maxPending })` answers either `track(userId, eventData)` and `settle()`, which
 * resolves when all is delivered, or, for a bare loop, `deliver(from, to, eventOf)`, which sends those events.
 */
export const libraries = {
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

/** The SDKs that ours is compared with. */
export const PEERS = ['segment', 'posthog', 'amplitude', 'rudderstack', 'mixpanel'];
