import { ConfigurationError } from '../../errors/configuration.error.js';

export type BullMq = typeof import('bullmq');
export type IoRedis = Pick<typeof import('ioredis'), 'Redis'>;

/** The packages that only the delivery by way of BullMQ needs. */
export interface Peers {
  readonly bullmq: BullMq;
  readonly ioredis: IoRedis;
}

/**
 * Loads them when the application boots: an application that delivers in another way need not install them.
 *
 * @throws {ConfigurationError} (as a rejection) one of them is not installed
 */
export async function loadPeers(): Promise<Peers> {
  const [bullmq, ioredis] = await Promise.allSettled([import('bullmq'), import('ioredis')]);
  if (bullmq.status === 'fulfilled' && ioredis.status === 'fulfilled') {
    return { bullmq: bullmq.value, ioredis: ioredis.value };
  }
  const missing = [bullmq.status === 'rejected' ? 'bullmq' : '', ioredis.status === 'rejected' ? 'ioredis' : ''];
  const names = missing.filter((name) => name !== '');
  const what = `${names.length === 1 ? 'package' : 'packages'} ${names.join(' and ')}`;
  const reason = [bullmq, ioredis].flatMap((outcome) =>
    outcome.status === 'rejected' ? [messageOf(outcome.reason)] : [],
  );
  const message = `is bullMqDelivery(), which needs the ${what}: npm install bullmq ioredis (${reason.join('; ')})`;
  throw new ConfigurationError([{ option: 'delivery', message }]);
}

/**
 * Loads the package that is enough for what does without BullMQ.
 *
 * @param option the option that needs it
 * @param what what it was set to: `bullMqDelivery()`
 * @throws {ConfigurationError} (as a rejection) it is not installed
 */
export async function loadIoRedis(option: string, what: string): Promise<IoRedis> {
  try {
    return await import('ioredis');
  } catch (error) {
    const message = `is ${what}, which needs the package ioredis: npm install ioredis (${messageOf(error)})`;
    throw new ConfigurationError([{ option, message }]);
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
