import type { DeliveryTools } from '../../delivery/delivery-tools.js';
import type { CallKind } from '../../http/outgoing-call.js';
import type { CallQueue } from '../calls/call-queue.js';
import type { ResolvedBullMqOptions } from '../options/resolve-bullmq-options.js';
import type { Peers } from '../redis/peers.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import type { RedisLog } from '../redis/redis-log.js';
import { CallAttempts } from './call-attempts.js';
import { Dispositions } from './dispositions.js';
import { HoldLease } from './hold-lease.js';
import { QueueHold } from './queue-hold.js';
import { QueueWorker } from './queue-worker.js';
import { quotaWindow } from './quota-window.js';

/** Probes are at least so far apart, in milliseconds; and a window of the quota, which a hold forgets when it ends. */
const SHORTEST_PAUSE = 1_000;

/** The way of one kind of call out of Redis: what takes it, and what holds it back. */
export interface CallLane {
  readonly attempts: CallAttempts;
  readonly worker: QueueWorker;
  readonly hold: QueueHold;
}

export interface CallLaneParts {
  readonly tools: DeliveryTools;
  readonly peers: Peers;
  readonly connections: RedisConnections;
  readonly log: RedisLog;
}

/** A lane for each queue; they share one connection. */
export function createLanes(
  queues: Readonly<Record<CallKind, CallQueue>>,
  options: ResolvedBullMqOptions,
  parts: CallLaneParts,
): CallLane[] {
  const { tools, peers, connections, log } = parts;
  const { retry, timeout } = tools.settings;
  const redis = connections.openForWorkers();
  const { count, age } = options.keepFailed;
  const keepFailed = { count, age: Math.ceil(age / 1_000) };
  const dispositions = new Dispositions(queues, () => tools.clock.now());
  return Object.values(queues).map((queue): CallLane => {
    const attempts = new CallAttempts(tools, dispositions);
    const window = quotaWindow(options.quota, queue.kind);
    const holdTiming = { ...retry, timeout, shortestPause: Math.max(SHORTEST_PAUSE, window.duration) };
    const worker: QueueWorker = new QueueWorker(
      queue,
      { ...options, window, timeout, keepFailed },
      attempts,
      peers.bullmq,
      redis,
      (cause) => hold.begin(cause),
      log,
    );
    const hold: QueueHold = new QueueHold(
      queue,
      new HoldLease(queue, connections.commands),
      (probesBefore) => worker.probe(probesBefore),
      holdTiming,
      tools,
      log,
    );
    return { attempts, worker, hold };
  });
}
