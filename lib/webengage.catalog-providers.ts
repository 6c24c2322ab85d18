import type { Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CatalogBoot } from './catalog/catalog-boot.js';
import { EventCatalog } from './catalog/event-catalog.js';
import { lockedTypesOf } from './catalog/lock-file/locked-types-of.js';
import { AttributeTypeLock } from './catalog/type-lock/attribute-type-lock.js';
import { openLockExchange } from './catalog/type-lock/open-lock-exchange.js';
import type { Log } from './common/log.js';
import type { ResolvedOptions } from './configuration/resolve-options.js';
import { MODULE_OPTIONS_TOKEN } from './webengage.module-definition.js';

/** The parts of one account that know of event classes and data types. */
export function catalogProviders(account: string | undefined, log: Log): Provider[] {
  return [
    {
      provide: AttributeTypeLock,
      useFactory: ({ typeLock }: ResolvedOptions) => createTypeLock(typeLock, log),
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
      useFactory: (
        { typeLock: { store, maxAttributes }, licenseCode, enabled }: ResolvedOptions,
        modules: ModulesContainer,
        catalog: EventCatalog,
        lock: AttributeTypeLock,
      ) =>
        new CatalogBoot(account, modules, catalog, async () =>
          // Where nothing is sent, nothing is to be connected to either.
          store && enabled
            ? await openLockExchange(store, { licenseCode, account, maxAttributes, logger: log }, lock)
            : undefined,
        ),
      inject: [MODULE_OPTIONS_TOKEN, ModulesContainer, EventCatalog, AttributeTypeLock],
    },
  ];
}

function createTypeLock({ lockFile, ...limits }: ResolvedOptions['typeLock'], log: Log): AttributeTypeLock {
  const lock = new AttributeTypeLock(limits, log);
  if (!lockFile) return lock;
  for (const locked of lockedTypesOf(lockFile.content)) lock.fix(locked, 'lock file', `${lockFile.path} makes it`);
  return lock;
}
