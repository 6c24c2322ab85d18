import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../errors/configuration.error.js';
import type { EventType } from '../events/event-class.js';
import { featuresOf } from './catalog-feature.js';
import type { EventCatalog } from './event-catalog.js';
import { readCatalog } from './read-catalog.js';
import type { LockExchange } from './type-lock/lock-exchange.js';

/** Brings the catalog together when the application boots, before anything is tracked. */
export class CatalogBoot implements OnModuleInit, OnApplicationShutdown {
  private exchange: LockExchange | undefined;

  constructor(
    private readonly account: string | undefined,
    private readonly modules: ModulesContainer,
    private readonly catalog: EventCatalog,
    private readonly createExchange: () => Promise<LockExchange | undefined>,
  ) {}

  /**
   * Called by Nest once the providers of every module are there.
   *
   * @throws {ConfigurationError} event classes are declared wrongly, and it lists all that is wrong; or the store is
   */
  async onModuleInit(): Promise<void> {
    const classes = featuresOf(this.modules, this.account).flatMap((feature) => feature.take());
    const { problems } = readCatalog(classes);
    if (problems.length > 0) {
      throw new ConfigurationError(
        problems.map(({ place, message }) => ({ option: place, message })),
        'WebEngageModule.forFeature()',
      );
    }
    for (const eventClass of classes) this.catalog.declare(eventClass as EventType);
    // Only now: nobody would close its connections if the application did not boot.
    this.exchange = await this.createExchange();
    await this.exchange?.open();
  }

  /** Called by Nest once no more requests come in. */
  async onApplicationShutdown(): Promise<void> {
    await this.exchange?.close();
  }
}
