import type { DeliveryTools } from '../delivery/delivery-tools.js';
import { CallAttempts } from './call-attempts.js';
import type { CallKind } from '../http/outgoing-call.js';
import type { CallQueue } from './call-queue.js';
import type { Peers } from './peers.js';
import { QueueHold } from './queue-hold.js';
import { QueueWorker } from './queue-worker.js';
import { quotaWindow } from './quota-window.js';
import type { RedisConnections } from './redis-connections.js';
import type { RedisLog } from './redis-log.js';
import type { ResolvedBullMqOptions } from './resolve-bullmq-options.js';

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
  return Object.values(queues).map((queue) => {
    const attempts = new CallAttempts(tools, queues);
    const window = quotaWindow(options.quota, queue.kind);
    const worker = new QueueWorker(queue, { ...options, window, timeout }, attempts, peers.bullmq, redis, log);
    const hold = new QueueHold(queue, connections.commands, worker, { ...retry, timeout }, tools, log);
    worker.onCause((cause) => hold.begin(cause));
    return { attempts, worker, hold };
  });
}
