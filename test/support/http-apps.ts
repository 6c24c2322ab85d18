import type { Server } from 'node:http';
import type { INestApplication, LoggerService, ModuleMetadata } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { type DeliveryStats, EventsService, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { type SandboxEvent, WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { type RawResponse, rawRequest } from './raw-request.js';
import { RecordingLogger } from './recording-logger.js';
import { API_KEY, LICENSE_CODE } from './tracking-context.js';

export const platforms = ['Express', 'Fastify'] as const;
export type Platform = (typeof platforms)[number];

/** Accounts that fill the module's mandatory options. */
export const credentials = { licenseCode: LICENSE_CODE, apiKey: API_KEY };

export interface HttpAppOptions {
  readonly logger?: LoggerService;
  /** Replaces providers before the application is built. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** Called before the application listens. */
  readonly prepare?: (app: INestApplication) => void;
}

/** An application that listens on loopback. */
export interface HttpApp {
  readonly app: INestApplication;
  readonly url: string;
  get(path: string): Promise<RawResponse>;
  close(): Promise<void>;
}

export async function startHttpApp(
  platform: Platform,
  metadata: ModuleMetadata,
  { logger = new RecordingLogger(), override = (builder) => builder, prepare }: HttpAppOptions = {},
): Promise<HttpApp> {
  const builder = override(Test.createTestingModule(metadata)).setLogger(logger);
  const module = await builder.compile();
  const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = module.createNestApplication<INestApplication>(adapter, { logger });
  prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    url,
    get: (path) => rawRequest(`${url}/${path}`),
    close: async () => {
      // A test that failed may have left a request without an answer, for which the application would wait.
      (app.getHttpServer() as Server).closeAllConnections();
      await app.close();
    },
  };
}

/** An event as the tests compare it: without what differs from one run to the next. */
export type EventShape = Partial<Pick<SandboxEvent, 'userId' | 'anonymousId' | 'eventName' | 'eventData'>>;

/** What came of something that was done to an application, once nothing was pending any more. */
export interface Outcome<Value> {
  readonly value: Value;
  /** The events that arrived. */
  readonly events: EventShape[];
  /** By how much each of the counts changed. */
  readonly counts: DeliveryStats;
}

/** An application with the module, and its WebEngage. */
export interface TrackedApp extends HttpApp {
  readonly sandbox: WebEngageSandbox;
  readonly events: EventsService;
  readonly logger: RecordingLogger;
  /** Does something, waits until nothing is pending, and says what came of it. */
  outcomeOf<Value>(action: () => Promise<Value>): Promise<Outcome<Value>>;
}

export async function startTrackedApp(
  platform: Platform,
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions> = {},
  options: Omit<HttpAppOptions, 'logger'> = {},
): Promise<TrackedApp> {
  const sandbox = await WebEngageSandbox.start();
  const logger = new RecordingLogger();
  const module = WebEngageModule.forRoot({ ...credentials, host: sandbox.url, ...webEngage });
  const imports = [module, ...(metadata.imports ?? [])];
  const httpApp = await startHttpApp(platform, { ...metadata, imports }, { ...options, logger });
  const events = httpApp.app.get(EventsService);
  return {
    ...httpApp,
    sandbox,
    events,
    logger,
    close: async () => {
      await httpApp.close();
      await sandbox.close();
    },
    outcomeOf: async (action) => {
      const ingestedBefore = sandbox.events().length;
      const before = events.stats();
      const value = await action();
      await events.flush();
      return {
        value,
        events: sandbox.events().slice(ingestedBefore).map(shapeOf),
        counts: difference(events.stats(), before),
      };
    },
  };
}

export function shapeOf({ userId, anonymousId, eventName, eventData }: SandboxEvent): EventShape {
  return {
    ...(userId === undefined ? undefined : { userId }),
    ...(anonymousId === undefined ? undefined : { anonymousId }),
    eventName,
    eventData,
  };
}

/** All counts, of which those that are not named stand at nought. */
export function counts(given: Partial<DeliveryStats>): DeliveryStats {
  return {
    accepted: 0,
    typeConflicts: 0,
    fetched: 0,
    delivered: 0,
    failed: 0,
    stored: 0,
    pending: 0,
    refused: 0,
    skipped: 0,
    evaluating: 0,
    ...given,
  };
}

function difference(after: DeliveryStats, before: DeliveryStats): DeliveryStats {
  const names = Object.keys(after) as (keyof DeliveryStats)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as DeliveryStats;
}
