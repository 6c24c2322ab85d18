import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HttpModule, HttpService } from '@nestjs/axios';
import { Inject, Injectable, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  EventsService,
  getEventsToken,
  InjectEvents,
  WebEngageModule,
  type WebEngageModuleOptions,
  type WebEngageOptionsFactory,
} from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

const EVENT = { userId: 'johndoe', eventName: 'Viewed' };

describe('registering the module', () => {
  let sandbox: WebEngageSandbox;
  let options: WebEngageModuleOptions;

  beforeEach(async () => {
    sandbox = await WebEngageSandbox.start();
    options = { licenseCode: '~global', apiKey: 'key', host: sandbox.url };
  });

  afterEach(() => sandbox.close());

  async function expectTracks(imports: ModuleMetadata['imports']): Promise<void> {
    const app = await NestFactory.createApplicationContext(
      { module: class AppModule {}, imports },
      { logger: false, abortOnError: false },
    );
    const events = app.get(EventsService, { strict: false });
    await events.track(EVENT);
    await events.flush();
    expect(sandbox.events()).toHaveLength(1);
    await app.close();
  }

  it('forRoot', () => expectTracks([WebEngageModule.forRoot(options)]));

  it('forRootAsync with useFactory, inject and imports', async () => {
    const provider = { provide: 'HOST', useFactory: () => Promise.resolve(sandbox.url) };
    const settings: DynamicModule = { module: class SettingsModule {}, providers: [provider], exports: ['HOST'] };
    await expectTracks([
      WebEngageModule.forRootAsync({
        imports: [settings],
        inject: ['HOST'],
        useFactory: async (host: string) => ({ ...options, host: await Promise.resolve(host) }),
      }),
    ]);
  });

  it('forRootAsync with useClass', async () => {
    const given = options;
    @Injectable()
    class Settings implements WebEngageOptionsFactory {
      createWebEngageOptions() {
        return Promise.resolve(given);
      }
    }
    await expectTracks([WebEngageModule.forRootAsync({ useClass: Settings })]);
  });

  it('forRootAsync with useExisting', async () => {
    const given = options;
    @Injectable()
    class Settings implements WebEngageOptionsFactory {
      createWebEngageOptions() {
        return given;
      }
    }
    @Module({ providers: [Settings], exports: [Settings] })
    class SettingsModule {}
    await expectTracks([WebEngageModule.forRootAsync({ imports: [SettingsModule], useExisting: Settings })]);
  });

  it('forRootAsync with extraProviders', () =>
    expectTracks([
      WebEngageModule.forRootAsync({
        extraProviders: [{ provide: 'LICENSE', useValue: '~extra' }],
        inject: ['LICENSE'],
        useFactory: (licenseCode: string) => ({ ...options, licenseCode }),
      }),
    ]));

  it('is global by default, and not with isGlobal: false', async () => {
    @Injectable()
    class Shop {
      constructor(readonly events: EventsService) {}
    }
    @Module({ providers: [Shop] })
    class ShopModule {}
    const compile = (isGlobal?: boolean) =>
      Test.createTestingModule({ imports: [WebEngageModule.forRoot({ ...options, isGlobal }), ShopModule] }).compile();

    const app = await compile();
    expect(app.get(Shop, { strict: false }).events).toBeInstanceOf(EventsService);
    await app.close();
    await expect(compile(false)).rejects.toThrow(/Shop/);
  });

  it('keeps two accounts apart', async () => {
    @Injectable()
    class Shop {
      constructor(
        readonly events: EventsService,
        @InjectEvents('india') readonly india: EventsService,
      ) {}
    }
    const app = await NestFactory.createApplicationContext(
      {
        module: class AppModule {},
        imports: [
          WebEngageModule.forRoot(options),
          WebEngageModule.forRootAsync({
            account: 'india',
            useFactory: () => ({ ...options, licenseCode: 'in~58adcb82' }),
          }),
        ],
        providers: [Shop],
      },
      { logger: false },
    );
    const { events, india } = app.get(Shop);
    expect(events).not.toBe(india);
    expect(app.get(getEventsToken('india'))).toBe(india);
    await events.track(EVENT);
    await events.flush();
    await india.trackMany([EVENT, EVENT]);
    await india.flush();
    expect(sandbox.events().map(({ licenseCode }) => licenseCode)).toEqual(['~global', 'in~58adcb82', 'in~58adcb82']);
    expect([events.stats().accepted, india.stats().accepted]).toEqual([1, 2]);
    await app.close();
  });

  it('keeps an account without a proper name apart from the unnamed one', async () => {
    const app = await NestFactory.createApplicationContext(
      {
        module: class AppModule {},
        imports: [WebEngageModule.forRoot(options), WebEngageModule.forRoot({ ...options, account: '' })],
      },
      { logger: false },
    );
    expect(app.get(getEventsToken(''))).not.toBe(app.get(EventsService));
    await app.close();
  });

  it('keeps two registrations without a name apart, also where Nest compares modules by what they hold', async () => {
    @Injectable()
    class First {
      constructor(readonly events: EventsService) {}
    }
    @Injectable()
    class Second {
      constructor(readonly events: EventsService) {}
    }
    const register = (licenseCode: string) => WebEngageModule.forRoot({ ...options, licenseCode, isGlobal: false });
    const app = await NestFactory.createApplicationContext(
      {
        module: class AppModule {},
        imports: [
          { module: class FirstModule {}, imports: [register('~first')], providers: [First], exports: [First] },
          { module: class SecondModule {}, imports: [register('~second')], providers: [Second], exports: [Second] },
        ],
      },
      { logger: false, moduleIdGeneratorAlgorithm: 'deep-hash' },
    );
    for (const { events } of [app.get(First, { strict: false }), app.get(Second, { strict: false })]) {
      await events.track(EVENT);
      await events.flush();
    }
    expect(sandbox.events().map(({ licenseCode }) => licenseCode)).toEqual(['~first', '~second']);
    await app.close();
  });

  it("does not care for a test's own HttpService", async () => {
    const app = await Test.createTestingModule({ imports: [HttpModule, WebEngageModule.forRoot(options)] })
      .overrideProvider(HttpService)
      .useValue({ get: jest.fn() })
      .compile();
    await app.get(EventsService).track(EVENT);
    await app.get(EventsService).flush();
    expect(sandbox.events()).toHaveLength(1);
    await app.close();
  });

  it('a named account does not export the class', async () => {
    const app = await NestFactory.createApplicationContext(WebEngageModule.forRoot({ ...options, account: 'india' }), {
      logger: false,
    });
    expect(() => app.get(EventsService, { strict: false })).toThrow();
    expect(app.get(getEventsToken('india'))).toBeInstanceOf(EventsService);
    await app.close();
  });

  it('is replaced in tests by its token', async () => {
    const fake = { track: jest.fn() };
    const app = await Test.createTestingModule({
      imports: [WebEngageModule.forRoot(options), WebEngageModule.forRoot({ ...options, account: 'india' })],
    })
      .overrideProvider(getEventsToken('india'))
      .useValue(fake)
      .compile();
    expect(app.get(getEventsToken('india'))).toBe(fake);
    expect(app.get(EventsService)).toBeInstanceOf(EventsService);
    await app.close();
  });

  it('works with enabled: false and without credentials: checks, and sends nothing', async () => {
    const app = await NestFactory.createApplicationContext(WebEngageModule.forRoot({ enabled: false }), {
      logger: false,
    });
    const events = app.get(EventsService);
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: 'disabled' });
    await expect(events.trackMany([EVENT, EVENT])).resolves.toHaveLength(2);
    await expect(events.track({ ...EVENT, eventName: 'we_x' })).rejects.toThrow('we_');
    expect(events.stats()).toMatchObject({ accepted: 0, skipped: 3, refused: 1, pending: 0 });
    await app.close();
  });

  it('injects by property, and without a name the same as by class', async () => {
    class Shop {
      @InjectEvents() events!: EventsService;
      @Inject(EventsService) same!: EventsService;
    }
    const app = await Test.createTestingModule({
      imports: [WebEngageModule.forRoot(options)],
      providers: [Shop],
    }).compile();
    expect(app.get(Shop).events).toBe(app.get(Shop).same);
    await app.close();
  });
});
