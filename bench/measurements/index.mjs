import { measureBurst } from './burst.mjs';
import { measureCallTime } from './call-time.mjs';
import { measureCallTurns } from './call-turns.mjs';
import { measureHostDown } from './host-down.mjs';
import { measureIdle } from './idle.mjs';
import { measureLeftInRedis } from './left-in-redis.mjs';
import { measureLockMemory } from './lock-memory.mjs';
import { measureOutage } from './outage.mjs';
import { measureRoute } from './route.mjs';
import { measureSandbox } from './sandbox.mjs';
import { measureThroughput } from './throughput.mjs';
import { measureTurns } from './turns.mjs';

/** What a child process can measure, by name: `(library, parameters) => result`. */
export const measurements = {
  burst: measureBurst,
  callTime: measureCallTime,
  callTurns: measureCallTurns,
  hostDown: measureHostDown,
  idle: measureIdle,
  leftInRedis: measureLeftInRedis,
  lockMemory: measureLockMemory,
  outage: measureOutage,
  route: measureRoute,
  sandbox: measureSandbox,
  throughput: measureThroughput,
  turns: measureTurns,
};
