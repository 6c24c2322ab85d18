import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { bullMqDelivery } from 'nestjs-webengage/bullmq';

/**
 * How the shop delivers, as the environment says: `DELIVERY=background` (default) from this process's memory,
 * `DELIVERY=bullmq` through the Redis of `REDIS_URL`.
 */
export function chooseDelivery(): WebEngageModuleOptions['delivery'] {
  const delivery = process.env.DELIVERY || 'background';
  if (delivery === 'background') return { mode: 'background' };
  if (delivery === 'bullmq') return bullMqDelivery({ connection: process.env.REDIS_URL || 'redis://127.0.0.1:6379' });
  throw new Error(`DELIVERY is "${delivery}", but the shop knows "background" and "bullmq" only`);
}
