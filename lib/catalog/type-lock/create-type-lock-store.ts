import { checkMade } from '../../configuration/check-made.js';
import type { TypeLockSettings, TypeLockStore, TypeLockStoreFactory } from './type-lock-store.js';

const METHODS = ['read', 'settle', 'close'] as const;

/**
 * Makes the store that the options ask for.
 *
 * @throws {ConfigurationError} (as a rejection) what the factory made is no store
 */
export async function createTypeLockStore(
  create: TypeLockStoreFactory,
  settings: TypeLockSettings,
): Promise<TypeLockStore> {
  return checkMade<TypeLockStore>('typeLock.store', 'store', await create(settings), METHODS);
}
