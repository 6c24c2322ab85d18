import assert from 'node:assert/strict';
import { Controller, Get, type INestApplication, type Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { HealthCheck, type HealthCheckResult, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { EventsService, WebEngageModule } from 'nestjs-webengage';
import { WebEngageHealthIndicator, WebEngageHealthModule } from 'nestjs-webengage/health';
import { openTelemetry } from 'nestjs-webengage/otel';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

const ACCOUNT = { licenseCode: '~2024bb40', apiKey: 'key-of-the-packed-app' };

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly webEngage: WebEngageHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check(): Promise<HealthCheckResult> {
    return this.health.check([() => this.webEngage.isHealthy('webengage')]);
  }
}

/** An application with a health endpoint and with spans: both tell of the event that it delivers. */
export async function checkObservability(Adapter?: Type<AbstractHttpAdapter>): Promise<void> {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const sandbox = await WebEngageSandbox.start(ACCOUNT);
  const instrumentation = openTelemetry({ tracerProvider });
  const webEngage = WebEngageModule.forRoot({ ...ACCOUNT, host: sandbox.url, instrumentation });
  class RootModule {}
  const rootModule = {
    module: RootModule,
    imports: [webEngage, TerminusModule, WebEngageHealthModule],
    controllers: [HealthController],
  };
  const app: INestApplication = Adapter
    ? await NestFactory.create(rootModule, new Adapter(), { logger: false })
    : await NestFactory.create(rootModule, { logger: false });
  try {
    await app.listen(0, '127.0.0.1');
    const { requestId } = await app.get(EventsService).track({ userId: 'johndoe', eventName: 'Purchased' });
    await app.get(EventsService).flush();
    assert.equal(sandbox.events().length, 1);
    await assertHealthy(app);
    const spans = exporter.getFinishedSpans();
    assert.ok(spans.some(({ attributes }) => Object.values(attributes).includes(requestId)));
    assert.ok(!JSON.stringify(spans.map(({ attributes }) => attributes)).includes(ACCOUNT.apiKey));
  } finally {
    await app.close();
    await sandbox.close();
    await tracerProvider.shutdown();
  }
  console.log('ok: a health endpoint, and spans');
}

async function assertHealthy(app: INestApplication): Promise<void> {
  const response = await fetch(`${await app.getUrl()}/health`);
  assert.equal(response.status, 200);
  const { details } = (await response.json()) as HealthCheckResult;
  const { webengage } = details as Record<string, { status: string; pending: number; lastDeliveredAt: string }>;
  assert.deepEqual([webengage?.status, webengage?.pending], ['up', 0]);
  assert.match(String(webengage?.lastDeliveredAt), /^\d{4}-\d\d-\d\dT/);
}
