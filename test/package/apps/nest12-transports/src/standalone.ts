import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkTransport } from './shared/transport-checks.js';

@Module({})
class JobModule {}

// It has no handlers: what it tracks, it tracks by the service.
await checkTransport('a standalone application', async (webEngage) => {
  const rootModule = { module: JobModule, imports: [webEngage] };
  return { app: await NestFactory.createApplicationContext(rootModule, { logger: false }), calls: [] };
});
