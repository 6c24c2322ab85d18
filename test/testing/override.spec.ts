import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, type INestApplication, Module, type ModuleMetadata } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import {
  ConfigurationError,
  EventsService,
  InjectEvents,
  webEngageConfig,
  WebEngageModule,
  type WebEngageModuleOptions,
  type WebEngageOptionsFactory,
} from 'nestjs-webengage';
import { bullMqDelivery } from 'nestjs-webengage/bullmq';
import { expectTracked, trackedEvents, WebEngageTestingModule } from 'nestjs-webengage/testing';
import { credentials, type HttpApp, platforms, startHttpApp } from '../support/http-apps.js';
import { addToCart, ShopModule } from './shop.js';

const VARIABLES = ['WEBENGAGE_LICENSE_CODE', 'WEBENGAGE_API_KEY', 'WEBENGAGE_HOST', 'WEBENGAGE_ENABLED'];
const EVENT = { userId: '1', eventName: 'Viewed' };

let server: Server;
let connections: number;
let port: number;
const started: HttpApp[] = [];

beforeEach(async () => {
  for (const variable of VARIABLES) delete process.env[variable];
  connections = 0;
  // In the place of WebEngage, and of Redis: nobody is to come here.
  server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  for (const app of started.splice(0)) await app.close();
  server.close();
  expect(connections).toBe(0);
});

async function start(metadata: ModuleMetadata, platform: (typeof platforms)[number] = 'Express') {
  const httpApp = await startHttpApp(platform, metadata, {
    override: (builder) => WebEngageTestingModule.override(builder),
  });
  started.push(httpApp);
  return httpApp.app;
}

async function expectRecords(module: ModuleMetadata['imports'], platform?: (typeof platforms)[number]) {
  @Module({ imports: [...(module ?? []), ShopModule] })
  class AppModule {}
  const app = await start({ imports: [AppModule] }, platform);
  await addToCart(app, { Price: 39.8 });
  expectTracked(app, 'Added to Cart', { userId: '1', eventData: { Price: 39.8 } });
  return app;
}

function host(): { host: string } {
  return { host: `http://127.0.0.1:${port}` };
}

describe.each(platforms)('an application that imports the module itself, on %s,', (platform) => {
  it('records its events where it is built by override()', async () => {
    await expectRecords([WebEngageModule.forRoot({ ...credentials, ...host() })], platform);
  });
});

describe('the events are recorded', () => {
  it('with forRootAsync and useFactory', async () => {
    await expectRecords([
      WebEngageModule.forRootAsync({
        imports: [ConfigModule.forRoot()],
        inject: [ConfigService],
        useFactory: (config: ConfigService) => ({
          licenseCode: config.get('WEBENGAGE_LICENSE_CODE') as string,
          apiKey: config.get('WEBENGAGE_API_KEY') as string,
          ...host(),
        }),
      }),
    ]);
  });

  it('with the options of a class, whose getters are read', async () => {
    @Injectable()
    class Settings implements WebEngageOptionsFactory {
      readonly #host = host().host;
      createWebEngageOptions(): WebEngageModuleOptions {
        return Object.freeze(
          new (class {
            readonly #name = 'onRefused';
            licenseCode = '';
            apiKey = '';
            enabled = false;
            constructor(readonly host: string) {}
            get onRefused() {
              return this.#name === 'onRefused' ? ('report' as const) : ('reject' as const);
            }
          })(this.#host),
        );
      }
    }
    const app = await expectRecords([WebEngageModule.forRootAsync({ useClass: Settings })]);
    await expect(app.get(EventsService).track({ ...EVENT, eventName: '' })).resolves.toMatchObject({
      state: 'refused',
    });
  });

  it('with the environment, which names no credentials', async () => {
    process.env.WEBENGAGE_ENABLED = 'false';
    await expectRecords([ConfigModule.forRoot(), WebEngageModule.forRootAsync(webEngageConfig.asProvider())]);
  });

  it('with enabled: false', async () => {
    await expectRecords([WebEngageModule.forRoot({ enabled: false })]);
  });

  it.each([
    ['bullMqDelivery', () => bullMqDelivery({ connection: { host: '127.0.0.1', port } })],
    ['bullMqDelivery with an URL', () => bullMqDelivery({ connection: `redis://127.0.0.1:${port}` })],
    ['a delivery of its own', () => () => Promise.reject(new Error('it was made'))],
    ['direct delivery', () => ({ mode: 'direct' as const })],
  ])('with %s', async (_what, delivery) => {
    const app = await expectRecords([WebEngageModule.forRoot({ ...credentials, ...host(), delivery: delivery() })]);
    await app.close();
    started.length = 0;
  });

  it('of named accounts too, each apart', async () => {
    @Injectable()
    class Reporter {
      constructor(
        @Inject(EventsService) readonly events: EventsService,
        @InjectEvents('india') readonly india: EventsService,
      ) {}
    }
    const app = await start({
      imports: [
        WebEngageModule.forRoot({ ...credentials, ...host() }),
        WebEngageModule.forRootAsync({ account: 'india', useFactory: () => ({ ...credentials, ...host() }) }),
      ],
      providers: [Reporter],
    });
    await app.get(Reporter).events.track(EVENT);
    await app.get(Reporter).india.track({ ...EVENT, userId: '2' });

    expectTracked(app, 'Viewed', { userId: '1' });
    expectTracked(app, 'Viewed', { userId: '2', account: 'india' });
    expect(() => expectTracked(app, 'Viewed', { userId: '2' })).toThrow('userId: expected "2"');
    expect(trackedEvents(app).all()).toHaveLength(1);
  });
});

describe('the options of production', () => {
  it('stay in force', async () => {
    const app = await start({
      imports: [
        ShopModule,
        WebEngageModule.forRoot({
          ...credentials,
          ...host(),
          maxEventBytes: 200,
          identify: ({ request }) => ({ anonymousId: String((request as { method: string }).method) }),
        }),
      ],
    });
    await addToCart(app, { Price: 1 }, '');
    expectTracked(app, 'Added to Cart', { userId: undefined, anonymousId: 'POST' });
    await addToCart(app, { Text: 'x'.repeat(200) });
    expect(trackedEvents(app).counts()).toMatchObject({ recorded: 1, refused: 1 });
  });

  it('are checked', async () => {
    const wrong = { ...credentials, host: 'http://example.com', timeout: -1, apiKey: 'two words' };
    const booting = start({ imports: [WebEngageModule.forRoot(wrong)] });
    const error = (await booting.catch((reason: unknown) => reason)) as ConfigurationError;
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.problems.map(({ option }) => option).sort()).toEqual(['apiKey', 'host', 'timeout']);
  });

  it.each([undefined, null, 'options'])('are checked even if they are %p', async (options) => {
    const booting = start({ imports: [WebEngageModule.forRootAsync({ useFactory: () => options as never })] });
    await expect(booting).rejects.toThrow('options: must be an object');
  });
});

it('gives back the builder that it was given', () => {
  const builder = Test.createTestingModule({});
  expect(WebEngageTestingModule.override(builder)).toBe(builder);
});

it('keeps two applications side by side apart, one of which sends', async () => {
  const arrived: INestApplication[] = [];
  const [one, other] = await Promise.all(
    [1, 2].map(() => start({ imports: [WebEngageModule.forRoot({ ...credentials, ...host() })] })),
  );
  await one.get(EventsService).track(EVENT);
  arrived.push(...[one, other].filter((app) => trackedEvents(app).all().length > 0));
  expect(arrived).toEqual([one]);
});
