import { measureBurst } from './burst.mjs';
import { measureCallTime } from './call-time.mjs';
import { measureHostDown } from './host-down.mjs';
import { measureIdle } from './idle.mjs';
import { measureLeftInRedis } from './left-in-redis.mjs';
import { measureOutage } from './outage.mjs';
import { measureRoute } from './route.mjs';
import { measureSandbox } from './sandbox.mjs';
import { measureThroughput } from './throughput.mjs';
import { measureTurns } from './turns.mjs';

/** What a child process can measure, by name: `(library, parameters) => result`. */
export const measurements = {
  burst: measureBurst,
  callTime: measureCallTime,
  hostDown: measureHostDown,
  idle: measureIdle,
  leftInRedis: measureLeftInRedis,
  outage: measureOutage,
  route: measureRoute,
  sandbox: measureSandbox,
  throughput: measureThroughput,
  turns: measureTurns,
};
