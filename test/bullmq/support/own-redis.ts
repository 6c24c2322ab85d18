import { connect } from 'node:net';
import { afterEach, beforeEach, describe } from '@jest/globals';
import { hasRedisServer, type RedisServer, startRedis } from '../../support/redis-server.mjs';
import { type BullMqTracking, useBullMqTracking } from './bullmq-tracking.js';

/** Tests that kill, freeze or starve Redis; skipped where none can be started. */
export const describeWithOwnRedis = hasRedisServer() ? describe : describe.skip;

/** What each test of a spec file finds ready: a Redis of its own, and all that `useBullMqTracking()` gives. */
export interface OwnRedis {
  readonly redis: RedisServer;
  readonly test: { readonly current: BullMqTracking };
}

/** Called once in a describe block; a Redis with such settings is started for each test, and stopped after it. */
export function useOwnRedis(settings: string[] = []): OwnRedis {
  let redis: RedisServer | undefined;
  const running = (): RedisServer => {
    if (!redis) throw new Error('No test is running');
    return redis;
  };

  beforeEach(async () => {
    redis = await startRedis({ appendfsync: 'always', settings });
  });

  // Jest calls these in order: Redis goes on to let the applications close, and is stopped after that.
  afterEach(async () => {
    redis?.thaw();
    if (redis && !(await isRunning(redis))) await redis.start();
  });

  const test = useBullMqTracking(() => running().url);

  afterEach(async () => {
    await redis?.stop();
    redis = undefined;
  });

  return {
    get redis() {
      return running();
    },
    test,
  };
}

function isRunning({ port }: RedisServer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
