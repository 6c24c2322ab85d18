import { callTime } from './01-call-time.mjs';
import { bulk } from './02-bulk.mjs';
import { single } from './03-single.mjs';
import { endToEnd } from './04-end-to-end.mjs';
import { growth } from './05-growth.mjs';
import { burstMemory } from './06-burst-memory.mjs';
import { loopDelay } from './07-loop-delay.mjs';
import { hostDown } from './08-host-down.mjs';
import { outage } from './09-outage.mjs';
import { route } from './10-route.mjs';
import { enqueue } from './11-enqueue.mjs';
import { durableEndToEnd } from './12-durable.mjs';
import { leftInRedis } from './13-left-in-redis.mjs';
import { sandbox } from './14-sandbox.mjs';
import { typeGuard } from './15-type-guard.mjs';

/**
 * Each figure names the specs that it needs and makes a table, goals and notes of their results.
 *
 * @typedef {object} Figure
 * @property {number} number
 * @property {string} title
 * @property {import('../support/measure.mjs').Spec[]} specs
 * @property {(results: import('../support/results.mjs').Results) => Report} report
 *
 * @typedef {object} Report
 * @property {string[]} columns
 * @property {string[][]} rows
 * @property {{ what: string, wanted: string, got: string, reached: boolean, verdict: string }[]} goals
 * @property {string[]} notes
 */

/** @type {Figure[]} */
export const figures = [
  callTime,
  bulk,
  single,
  endToEnd,
  growth,
  burstMemory,
  loopDelay,
  hostDown,
  outage,
  route,
  enqueue,
  durableEndToEnd,
  leftInRedis,
  sandbox,
  typeGuard,
];
