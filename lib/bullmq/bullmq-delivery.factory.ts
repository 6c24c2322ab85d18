import type { DeliveryTools } from '../delivery/delivery-tools.js';
import type { DeliveryFactory } from '../delivery/delivery.js';
import { PendingBounds } from '../delivery/pending-bounds.js';
import type { CallKind } from '../http/outgoing-call.js';
import { BullMqDelivery } from './bullmq.delivery.js';
import { CallQueue } from './calls/call-queue.js';
import { RedisFailedCalls } from './calls/redis-failed-calls.js';
import { type CallStore, HandOver } from './hand-over/hand-over.js';
import type { BullMqDeliveryOptions } from './options/bullmq-delivery.options.js';
import { resolveBullMqOptions, type ResolvedBullMqOptions } from './options/resolve-bullmq-options.js';
import { loadPeers, type Peers } from './redis/peers.js';
import { RedisConnections } from './redis/redis-connections.js';
import { RedisLog } from './redis/redis-log.js';
import { createLanes } from './worker/call-lane.js';

/**
 * Delivers durably, from as many processes as there are: each event is stored in Redis before `track()` resolves, survives
 * a crash, and all processes share one quota. Give it to the module as its `delivery`. It needs the packages `bullmq` and
 * `ioredis`, and Redis 6.2 or newer with `maxmemory-policy noeviction`. Boot does not wait for Redis.
 *
 * @throws {ConfigurationError} when the application boots: an option is wrong, or a package is missing
 *
 * @example
 * WebEngageModule.forRoot({
 *   licenseCode: '~2024bb40',
 *   apiKey: process.env.WEBENGAGE_API_KEY ?? '',
 *   delivery: bullMqDelivery({ connection: 'redis://localhost:6379' }),
 * });
 */
export function bullMqDelivery(options: BullMqDeliveryOptions): DeliveryFactory {
  return async (tools) => {
    const resolved = resolveBullMqOptions(options, tools.settings);
    return createBullMqDelivery(resolved, tools, await loadPeers());
  };
}

function createBullMqDelivery(options: ResolvedBullMqOptions, tools: DeliveryTools, peers: Peers): BullMqDelivery {
  const { queueName, prefix, role } = options;
  const log = new RedisLog(tools.settings.logger);
  const connections = new RedisConnections(options.connection, peers.ioredis, log);
  const queueOf = (kind: CallKind): CallQueue => new CallQueue(kind, queueName, prefix, peers.bullmq, connections, log);
  const queues = { single: queueOf('single'), bulk: queueOf('bulk') };
  const bounds = new PendingBounds(options);
  const handOver = new HandOver(options, storeOf(queues, connections), bounds, tools, log);
  connections.onReady(() => void handOver.pump());
  return new BullMqDelivery(options, tools, {
    bounds,
    handOver,
    queues: Object.values(queues),
    // What was stored before `bulk` was changed is delivered too, so there is a worker for each kind of call.
    lanes: role === 'producer' ? [] : createLanes(queues, options, { tools, peers, connections, log }),
    failedCalls: new RedisFailedCalls(Object.values(queues), () => tools.clock.now()),
    connections,
  });
}

function storeOf(queues: Readonly<Record<CallKind, CallQueue>>, connections: RedisConnections): CallStore {
  return {
    get isReady() {
      return connections.isReady;
    },
    add: (call) => queues[call.kind].add(call),
    remove: (call) => queues[call.kind].remove(call.requestId),
  };
}
