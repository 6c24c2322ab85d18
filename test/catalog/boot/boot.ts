import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type EventType, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import type { WebEngageModuleExtras } from 'nestjs-webengage';
import { RecordingLogger } from '../../support/recording-logger.js';

/** An application that did not boot says why. */
export interface Boot {
  readonly error: unknown;
  readonly logger: RecordingLogger;
}

/** The module, where nothing is sent. */
export function webEngage(options: Partial<WebEngageModuleOptions & WebEngageModuleExtras> = {}): DynamicModule {
  const typeLock = { lockFile: false as const, ...options.typeLock };
  return WebEngageModule.forRoot({ enabled: false, ...options, typeLock } as Parameters<
    typeof WebEngageModule.forRoot
  >[0]);
}

export function feature(...given: readonly unknown[]): DynamicModule {
  return WebEngageModule.forFeature(given as EventType[]);
}

/** Boots an application of these modules, and shuts it down again. */
export async function boot(imports: ModuleMetadata['imports'], options: object = {}): Promise<Boot> {
  @Module({ imports })
  class Application {}
  const logger = new RecordingLogger();
  const error: unknown = await NestFactory.createApplicationContext(Application, {
    logger,
    abortOnError: false,
    ...options,
  }).then(
    (app) => app.close(),
    (thrown: unknown) => thrown,
  );
  return { error, logger };
}

/** `Cart.price: has …`, for each problem of a ConfigurationError. */
export function problemsOf({ error }: Boot): string[] {
  const { problems = [] } = (error ?? {}) as { problems?: { option: string; message: string }[] };
  return problems.map(({ option, message }) => `${option}: ${message}`);
}
