import { checkMade } from '../../configuration/check-made.js';
import type { AttributeTypeLock } from './attribute-type-lock.js';
import { LockExchange } from './lock-exchange.js';
import type { TypeLockSettings, TypeLockStore, TypeLockStoreFactory } from './type-lock-store.js';

const METHODS = ['read', 'settle', 'close'] as const;

/**
 * Makes the store that the options ask for, and an exchange with it.
 *
 * @throws {ConfigurationError} (as a rejection) the store's options are wrong, or what the factory made is no store
 */
export async function openLockExchange(
  create: TypeLockStoreFactory,
  settings: Omit<TypeLockSettings, 'onForgotten'>,
  lock: AttributeTypeLock,
): Promise<LockExchange> {
  const opened: { exchange?: LockExchange } = {};
  const made = await create({ ...settings, onForgotten: () => opened.exchange?.proposeAll() });
  const store = checkMade<TypeLockStore>('typeLock.store', 'store', made, METHODS);
  return (opened.exchange = new LockExchange(store, lock, settings.logger));
}
