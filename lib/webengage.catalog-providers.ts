import type { Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Log } from './common/log.js';
import type { ResolvedOptions } from './configuration/resolve-options.js';
import type { ResolvedTypeLock } from './configuration/resolve-type-lock.js';
import { MODULE_OPTIONS_TOKEN } from './webengage.module-definition.js';
import { CatalogBoot } from './catalog/catalog-boot.js';
import { EventCatalog } from './catalog/event-catalog.js';
import { lockedTypesOf } from './catalog/lock-file/locked-types-of.js';
import { AttributeTypeLock } from './catalog/type-lock/attribute-type-lock.js';
import { LockExchange } from './catalog/type-lock/lock-exchange.js';
import { createTypeLockStore } from './catalog/type-lock/create-type-lock-store.js';

/** The parts that know of event classes and data types, for one account. */
export function catalogProviders(account: string | undefined, log: Log): Provider[] {
  return [
    {
      provide: AttributeTypeLock,
      useFactory: ({ typeLock }: ResolvedOptions) => new AttributeTypeLock(typeLock, log),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: EventCatalog,
      useFactory: ({ maxEventBytes }: ResolvedOptions, lock: AttributeTypeLock) =>
        new EventCatalog(maxEventBytes, lock, log),
      inject: [MODULE_OPTIONS_TOKEN, AttributeTypeLock],
    },
    {
      provide: CatalogBoot,
      useFactory: async (
        { typeLock, licenseCode, enabled }: ResolvedOptions,
        modules: ModulesContainer,
        catalog: EventCatalog,
        lock: AttributeTypeLock,
      ) => {
        const { store, maxAttributes } = typeLock;
        const settings = { licenseCode, account, maxAttributes, logger: log };
        // Where nothing is sent, nothing is to be connected to either.
        const opened = store && enabled ? await createTypeLockStore(store, settings) : undefined;
        const exchange = opened && new LockExchange(opened, lock, log);
        seed(lock, typeLock);
        return new CatalogBoot(account, modules, catalog, exchange);
      },
      inject: [MODULE_OPTIONS_TOKEN, ModulesContainer, EventCatalog, AttributeTypeLock],
    },
  ];
}

function seed(lock: AttributeTypeLock, { lockFile }: ResolvedTypeLock): void {
  if (!lockFile) return;
  for (const locked of lockedTypesOf(lockFile.content)) {
    lock.fix(locked, 'lock file', `${lockFile.path} makes it`);
  }
}
