import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { ConfigurationError, getEventsToken, WebEngageModule } from 'nestjs-webengage';
import { WebEngageHealthIndicator, WebEngageHealthModule } from 'nestjs-webengage/health';
import { WebEngageTestingModule } from 'nestjs-webengage/testing';
import { AnsweringServer } from '../support/answering-server.js';
import { credentials } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of closing.splice(0).reverse()) await one.close();
});

async function boot(...imports: Parameters<typeof Module>[0]['imports'] & object): Promise<WebEngageHealthIndicator> {
  @Module({ imports })
  class Application {}

  const app = await NestFactory.createApplicationContext(Application, { logger: false, abortOnError: false });
  closing.push(app);
  return app.get(WebEngageHealthIndicator, { strict: false });
}

describe('the health indicator', () => {
  const webEngage = WebEngageModule.forRoot({ ...credentials, enabled: false });

  it('is named as it is asked to be', async () => {
    const indicator = await boot(webEngage, WebEngageHealthModule);
    expect(Object.keys(await indicator.isHealthy('marketing'))).toEqual(['marketing']);
  });

  it('finds a module that is not global', async () => {
    const indicator = await boot(
      WebEngageModule.forRoot({ ...credentials, enabled: false, isGlobal: false }),
      WebEngageHealthModule,
    );
    expect(await indicator.isHealthy('webengage')).toMatchObject({ webengage: { status: 'up' } });
  });

  it('can be a provider of a module that imports Terminus, as other indicators are', async () => {
    @Module({ imports: [TerminusModule.forRoot({ errorLogStyle: 'pretty' })], providers: [WebEngageHealthIndicator] })
    class HealthModule {}

    const indicator = await boot(webEngage, HealthModule);
    expect(await indicator.isHealthy('webengage')).toMatchObject({ webengage: { status: 'up' } });
  });

  it('can be injected where its module is imported', async () => {
    @Injectable()
    class Dashboard {
      constructor(readonly webEngage: WebEngageHealthIndicator) {}
    }

    @Module({ imports: [WebEngageHealthModule], providers: [Dashboard] })
    class DashboardModule {}

    const indicator = await boot(webEngage, DashboardModule);
    expect(await indicator.isHealthy('webengage')).toMatchObject({ webengage: { status: 'up' } });
  });

  it('tells accounts apart', async () => {
    const server = await AnsweringServer.start();
    closing.push(server);
    server.reply = () => 'hang';
    const options = { ...credentials, host: server.url, delivery: { mode: 'background', shutdownTimeout: 0 } } as const;
    const module = await Test.createTestingModule({
      imports: [
        WebEngageModule.forRoot(options),
        WebEngageModule.forRoot({ ...options, account: 'india' }),
        WebEngageHealthModule,
      ],
    })
      .setLogger(new RecordingLogger())
      .compile();
    closing.push(await module.init());
    await module.get(getEventsToken('india')).track(EVENT);
    const indicator = module.get(WebEngageHealthIndicator);
    expect(await indicator.isHealthy('global')).toMatchObject({ global: { status: 'up', pending: 0 } });
    expect(await indicator.isHealthy('india', { account: 'india', maxPending: 0 })).toMatchObject({
      india: { status: 'down', pending: 1 },
    });
  });

  it('is up under WebEngageTestingModule', async () => {
    const indicator = await boot(WebEngageTestingModule.forRoot(), WebEngageHealthModule);
    expect(await indicator.isHealthy('webengage')).toMatchObject({ webengage: { status: 'up', pending: 0 } });
  });

  it.each([
    [{ account: 'saudi' }, "account: no WebEngageModule with the account 'saudi' is imported"],
    [{ maxPending: -1 }, 'maxPending: must be a number from 0 on, or Infinity for no limit, but is -1'],
    [{ maxPending: '10' }, 'maxPending: must be a number from 0 on, or Infinity for no limit, but is a String'],
    [{ maxPendingAge: NaN }, 'maxPendingAge: must be a number from 0 on, or Infinity for no limit, but is NaN'],
    [
      { maxSinceDelivered: null },
      'maxSinceDelivered: must be a number from 0 on, or Infinity for no limit, but is null',
    ],
    [{ maxQuotaUse: 1.1 }, 'maxQuotaUse: must be a number from 0 to 1, but is 1.1'],
    [{ maxQuotaUse: Infinity }, 'maxQuotaUse: must be a number from 0 to 1, but is Infinity'],
    [{ whenPaused: 'degraded' }, 'whenPaused: must be one of "down", "up", but is something else'],
    [{ account: 1 }, 'account: must be a String, but is a Number'],
    [null, 'options: must be an object, but is null'],
  ])('rejects for %p', async (options, message) => {
    const indicator = await boot(webEngage, WebEngageHealthModule);
    const error: unknown = await indicator.isHealthy('webengage', options as never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toBe(`WebEngageHealthIndicator is configured wrongly:\n  - ${message}`);
  });

  it('names every wrong option at once', async () => {
    const indicator = await boot(webEngage, WebEngageHealthModule);
    const wrong = indicator.isHealthy('webengage', { maxPending: -1, maxQuotaUse: 2 });
    await expect(wrong).rejects.toThrow(/maxPending[^]*maxQuotaUse/);
  });

  it('says so where there is no module without an account', async () => {
    const indicator = await boot(
      WebEngageModule.forRoot({ ...credentials, enabled: false, account: 'india' }),
      WebEngageHealthModule,
    );
    await expect(indicator.isHealthy('webengage')).rejects.toThrow(/no WebEngageModule without an account is imported/);
  });
});
