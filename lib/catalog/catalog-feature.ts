import { Injectable, Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { createLog } from '../common/log.js';

/** What `WebEngageModule.forFeature()` takes besides the classes. */
export interface CatalogFeatureOptions {
  /** The account that the events go to: the `account` of one of several modules. Default: the unnamed one. */
  readonly account?: string;
}

/** The event classes of one feature, for the module of their account to find. */
@Injectable()
export class CatalogFeature implements OnApplicationBootstrap {
  private isFound = false;

  constructor(
    private readonly classes: readonly unknown[],
    private readonly account: string | undefined,
  ) {}

  /** The classes, for the module that found them. */
  take(): readonly unknown[] {
    this.isFound = true;
    return this.classes;
  }

  isOf(account: string | undefined): boolean {
    return this.account === account;
  }

  /** Called by Nest once every module is set up. A test of some modules only is to run without this one. */
  onApplicationBootstrap(): void {
    if (this.isFound) return;
    const which = this.account === undefined ? '' : ` with account: '${this.account}'`;
    createLog().error(
      `WebEngageModule.forFeature() declares events, but no WebEngageModule${which} is imported anywhere`,
    );
  }
}

@Module({})
class WebEngageFeatureModule {}

/** The module of one `forFeature()`. */
export function featureModule(classes: readonly unknown[], { account }: CatalogFeatureOptions): DynamicModule {
  return {
    module: WebEngageFeatureModule,
    // One for each application: several may be made of the same modules, in tests for example.
    providers: [{ provide: CatalogFeature, useFactory: () => new CatalogFeature(classes, account) }],
  };
}

/** The features of an account, wherever in the application they are declared. */
export function featuresOf(modules: ModulesContainer, account: string | undefined): CatalogFeature[] {
  return [...modules.values()]
    .map(({ providers }) => providers.get(CatalogFeature)?.instance)
    .filter((instance): instance is CatalogFeature => instance instanceof CatalogFeature && instance.isOf(account));
}
