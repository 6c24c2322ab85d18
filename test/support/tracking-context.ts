import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventsService, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { RecordingLogger } from './recording-logger.js';

export const LICENSE_CODE = '~2024bb40';
export const API_KEY = 'a1b2c3d4-key';

/** An application that has nothing but the module. */
export interface TrackingContext {
  readonly app: INestApplicationContext;
  readonly events: EventsService;
  readonly logger: RecordingLogger;
}

export async function startTracking(options: Partial<WebEngageModuleOptions>): Promise<TrackingContext> {
  const logger = new RecordingLogger();
  const app = await NestFactory.createApplicationContext(
    WebEngageModule.forRoot({ licenseCode: LICENSE_CODE, apiKey: API_KEY, ...options }),
    { logger, abortOnError: false },
  );
  return { app, events: app.get(EventsService), logger };
}
