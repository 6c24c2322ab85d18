import type { Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { classesOf } from './catalog/catalog-feature.js';
import { declareClasses } from './catalog/declare-classes.js';
import { EventCatalog } from './catalog/event-catalog.js';
import { lockedTypesOf } from './catalog/lock-file/locked-types-of.js';
import { AttributeTypeLock } from './catalog/type-lock/attribute-type-lock.js';
import { openLockExchange } from './catalog/type-lock/open-lock-exchange.js';
import { SharedTypes } from './catalog/type-lock/shared-types.js';
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
      useFactory: ({ maxEventBytes }: ResolvedOptions, lock: AttributeTypeLock, modules: ModulesContainer) => {
        const catalog = new EventCatalog(maxEventBytes, lock, log);
        // Now: other providers may track events as soon as they are made.
        declareClasses(catalog, classesOf(modules, account));
        return catalog;
      },
      inject: [MODULE_OPTIONS_TOKEN, AttributeTypeLock, ModulesContainer],
    },
    {
      provide: SharedTypes,
      useFactory: (
        { typeLock: { store, maxAttributes }, licenseCode, enabled }: ResolvedOptions,
        lock: AttributeTypeLock,
      ) =>
        new SharedTypes(async () =>
          // Where nothing is sent, nothing is to be connected to either.
          store && enabled
            ? await openLockExchange(store, { licenseCode, account, maxAttributes, logger: log }, lock)
            : undefined,
        ),
      inject: [MODULE_OPTIONS_TOKEN, AttributeTypeLock],
    },
  ];
}

function createTypeLock({ lockFile, ...limits }: ResolvedOptions['typeLock'], log: Log): AttributeTypeLock {
  const lock = new AttributeTypeLock(limits, log);
  if (!lockFile) return lock;
  for (const locked of lockedTypesOf(lockFile.content)) lock.fix(locked, 'lock file', `${lockFile.path} makes it`);
  return lock;
}
