import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { LockExchange } from './lock-exchange.js';

/** Shares the types with other processes for as long as the application runs. */
export class SharedTypes implements OnModuleInit, OnApplicationShutdown {
  private exchange: LockExchange | undefined;

  constructor(private readonly openExchange: () => Promise<LockExchange | undefined>) {}

  /**
   * Called by Nest once the providers of every module are there. Not before: nobody would close the store's connections
   * if one of them failed.
   *
   * @throws {ConfigurationError} the store's options are wrong
   */
  async onModuleInit(): Promise<void> {
    this.exchange = await this.openExchange();
    await this.exchange?.open();
  }

  /** Called by Nest once no more requests come in. */
  async onApplicationShutdown(): Promise<void> {
    await this.exchange?.close();
  }
}
