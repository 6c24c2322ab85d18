import { type DynamicModule, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { createLog } from '../common/log.js';
import { getEventsToken } from '../events/events-token.js';

/** What `WebEngageModule.forFeature()` takes besides the classes. */
export interface CatalogFeatureOptions {
  /** The account that the events go to: the `account` of one of several modules. Default: the unnamed one. */
  readonly account?: string;
}

/** The event classes of one `forFeature()`, for the module of their account to find. */
export class CatalogFeature {
  /** Nest may tell modules apart by what they hold: no two of these are alike. */
  readonly id = randomUUID();

  constructor(
    readonly classes: readonly unknown[],
    readonly account: string | undefined,
  ) {}
}

/** An event class, or what was given as one, and where: `CartModule, forFeature()[1]`. */
export interface DeclaredClass {
  readonly given: unknown;
  readonly place: string;
}

@Module({})
class WebEngageFeatureModule {}

/** The module of one `forFeature()`. */
export function featureModule(classes: readonly unknown[], { account }: CatalogFeatureOptions): DynamicModule {
  return {
    module: WebEngageFeatureModule,
    providers: [
      // A value, so that it is there before any provider is made.
      { provide: CatalogFeature, useValue: new CatalogFeature(Array.isArray(classes) ? classes : [classes], account) },
      {
        provide: OrphanCheck,
        useFactory: (modules: ModulesContainer) => new OrphanCheck(modules, account),
        inject: [ModulesContainer],
      },
    ],
  };
}

/** What is declared to an account, wherever in the application. */
export function classesOf(modules: ModulesContainer, account: string | undefined): DeclaredClass[] {
  return [...modules.values()].flatMap((module) => {
    const feature: unknown = module.providers.get(CatalogFeature)?.instance;
    if (!(feature instanceof CatalogFeature) || feature.account !== account) return [];
    const importer = [...modules.values()].find(({ imports }) => imports.has(module));
    const where = importer === undefined ? '' : `${importer.name}, `;
    return feature.classes.map((given, index) => ({ given, place: `${where}forFeature()[${index}]` }));
  });
}

/** Tells of classes that no account takes. A test of some modules only is to run without the module. */
class OrphanCheck implements OnApplicationBootstrap {
  constructor(
    private readonly modules: ModulesContainer,
    private readonly account: string | undefined,
  ) {}

  /** Called by Nest once every module is set up. */
  onApplicationBootstrap(): void {
    const token = getEventsToken(this.account);
    if ([...this.modules.values()].some(({ providers }) => providers.has(token))) return;
    const which = this.account === undefined ? '' : ` with account: '${this.account}'`;
    createLog().error(
      `WebEngageModule.forFeature() declares events, but no WebEngageModule${which} is imported anywhere`,
    );
  }
}
