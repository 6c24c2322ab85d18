import { describe, expect, it } from '@jest/globals';
import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  EventAttribute,
  EventClass,
  EventsService,
  getEventsToken,
  WebEngageEvent,
  WebEngageModule,
} from 'nestjs-webengage';
import { trackedEvents, WebEngageTestingModule } from 'nestjs-webengage/testing';
import { RecordingLogger } from '../../support/recording-logger.js';
import { storeOf } from '../type-lock/shared-store.js';
import { boot, feature, problemsOf, webEngage } from './boot.js';

@WebEngageEvent('Added to Cart')
class AddedToCart extends EventClass<AddedToCart> {
  @EventAttribute('Price', Number) price!: number;
}

@WebEngageEvent('Purchased')
class Purchased {
  @EventAttribute('Total', Number) total!: number;
}

@WebEngageEvent('email_sent')
class Wrong {}

@WebEngageEvent('sms_sent')
class WrongToo {}

@Module({ imports: [feature(AddedToCart)] })
class CartModule {}

@Module({ imports: [feature(Purchased), CartModule] })
class OrderModule {}

/** Whether a value of another type is refused before any other was seen. */
async function isLocked(events: EventsService, eventName: string, attribute: string): Promise<boolean> {
  const before = events.stats().typeConflicts;
  await events.track({ userId: '1', eventName, eventData: { [attribute]: 'x' } });
  return events.stats().typeConflicts > before;
}

describe('forFeature()', () => {
  it('declares events wherever its module is, for every injected service', async () => {
    const app = await NestFactory.createApplicationContext(
      { module: class Root {}, imports: [webEngage(), OrderModule, CartModule] },
      { logger: new RecordingLogger(), abortOnError: false },
    );
    expect(await isLocked(app.get(EventsService), 'Added to Cart', 'Price')).toBe(true);
    expect(await isLocked(app.get(EventsService), 'Purchased', 'Total')).toBe(true);
    await app.close();
  });

  it('may come before forRoot(), without exports, with isGlobal: false', async () => {
    const root = webEngage({ isGlobal: false });
    expect(problemsOf(await boot([feature(Wrong), root]))).toEqual([expect.stringContaining('Wrong')]);
  });

  it('is found with ids of modules that are made of their content', async () => {
    const ended = await boot([webEngage(), feature(Wrong), feature(WrongToo)], {
      moduleIdGeneratorAlgorithm: 'deep-hash',
    });
    expect(problemsOf(ended)).toEqual([expect.stringMatching(/^Wrong: /), expect.stringMatching(/^WrongToo: /)]);
  });

  it('may name the same class and the same module twice', async () => {
    expect(
      (await boot([webEngage(), feature(AddedToCart, AddedToCart), CartModule, OrderModule])).error,
    ).toBeUndefined();
    const dynamic = feature(AddedToCart);
    expect((await boot([webEngage(), dynamic, dynamic])).error).toBeUndefined();
  });

  it('serves two applications that are made of the same modules', async () => {
    const root = webEngage();
    for (let round = 0; round < 2; round++) {
      const app = await NestFactory.createApplicationContext(
        { module: class Root {}, imports: [root, OrderModule] },
        { logger: new RecordingLogger(), abortOnError: false },
      );
      expect(await isLocked(app.get(EventsService), 'Added to Cart', 'Price')).toBe(true);
      await app.close();
    }
  });

  it('without any WebEngageModule boots, and says so in one line', async () => {
    const { error, logger } = await boot([feature(Wrong)]);
    expect(error).toBeUndefined();
    expect(logger.at('error')).toEqual([
      expect.stringContaining(
        'WebEngageModule.forFeature() declares events, but no WebEngageModule is imported anywhere',
      ),
    ]);
  });

  it('several without any WebEngageModule are one line each at most', async () => {
    const { error, logger } = await boot([feature(AddedToCart), feature(Purchased)]);
    expect(error).toBeUndefined();
    expect(logger.at('error').length).toBeLessThanOrEqual(2);
  });

  it('of no classes is right, and of none at all is told', async () => {
    expect((await boot([webEngage(), feature()])).error).toBeUndefined();
    const nothing = WebEngageModule.forFeature(undefined as never);
    expect(problemsOf(await boot([webEngage(), nothing]))).toEqual([expect.stringContaining('but is undefined')]);
  });
});

describe('types that a feature declares', () => {
  /** Tracks a Price of another type than declared as soon as it can. */
  @Injectable()
  class Early implements OnModuleInit {
    constructor(private readonly events: EventsService) {
      this.track('made');
    }

    onModuleInit(): void {
      this.track('initialised');
    }

    private track(when: string): void {
      void this.events.track({ userId: when, eventName: 'Added to Cart', eventData: { Price: 'x' } });
    }
  }

  @Global()
  @Module({ providers: [Early] })
  class EarlyModule {}

  it.each<[string, (modules: [typeof EarlyModule, typeof CartModule]) => unknown[]]>([
    ['before', (modules) => modules],
    ['after', ([early, cart]) => [cart, early]],
  ])('are known to a module that tracks while it is made and initialised, imported %s it', async (_, order) => {
    const imports = order([EarlyModule, CartModule]) as (typeof CartModule)[];
    const app = await NestFactory.createApplicationContext(
      { module: class Root {}, imports: [...imports, webEngage()] },
      { logger: new RecordingLogger(), abortOnError: false },
    );
    expect(app.get(EventsService).stats()).toMatchObject({ skipped: 2, typeConflicts: 2 });
    await app.close();
  });
});

describe('the events of one account of several', () => {
  const india = (...classes: (typeof Wrong)[]) => WebEngageModule.forFeature(classes, { account: 'india' });

  it('are not those of another', async () => {
    const app = await NestFactory.createApplicationContext(
      {
        module: class Root {},
        imports: [webEngage(), webEngage({ account: 'india' }), india(AddedToCart as never), feature(Purchased)],
      },
      { logger: new RecordingLogger(), abortOnError: false },
    );
    const ofIndia = app.get<EventsService>(getEventsToken('india'));
    expect(await isLocked(ofIndia, 'Added to Cart', 'Price')).toBe(true);
    expect(await isLocked(ofIndia, 'Purchased', 'Total')).toBe(false);
    expect(await isLocked(app.get(EventsService), 'Added to Cart', 'Price')).toBe(false);
    expect(await isLocked(app.get(EventsService), 'Purchased', 'Total')).toBe(true);
    await app.close();
  });

  it('are checked by their own module', async () => {
    const opened: string[] = [];
    const store = () => (opened.push('a store'), storeOf({}));
    const other = webEngage({ enabled: true, licenseCode: '~1', apiKey: 'key', typeLock: { store } });
    expect(problemsOf(await boot([other, webEngage({ account: 'india' }), india(Wrong)]))).toHaveLength(1);
    // Nobody would close it: Nest shuts down nothing that did not boot.
    expect(opened).toEqual([]);
    const { error, logger } = await boot([webEngage(), india(Wrong)]);
    expect(error).toBeUndefined();
    expect(logger.at('error')).toEqual([
      expect.stringContaining("no WebEngageModule with account: 'india' is imported"),
    ]);
  });
});

describe('under test', () => {
  it('WebEngageTestingModule.forRoot() knows the classes of a feature', async () => {
    const module = await Test.createTestingModule({
      imports: [CartModule, WebEngageTestingModule.forRoot()],
    })
      .setLogger(new RecordingLogger())
      .compile();
    await module.init();
    const events = module.get(EventsService);
    await events.track(new AddedToCart({ price: 5 }), { userId: '1' });
    expect(await isLocked(events, 'Added to Cart', 'Price')).toBe(true);
    expect(trackedEvents(module).all()[0]).toMatchObject({ eventName: 'Added to Cart', eventData: { Price: 5 } });
    await module.close();
  });

  it('and checks them', async () => {
    const builder = Test.createTestingModule({ imports: [feature(Wrong), WebEngageTestingModule.forRoot()] });
    await expect(builder.compile()).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  it('WebEngageTestingModule.override() knows those of the application', async () => {
    const builder = Test.createTestingModule({ imports: [OrderModule, webEngage({ onTypeConflict: 'reject' })] });
    const module = await WebEngageTestingModule.override(builder).setLogger(new RecordingLogger()).compile();
    await module.init();
    const events = module.get(EventsService);
    await events.track(AddedToCart, { userId: '1', eventData: { price: 5 } });
    await expect(events.track({ userId: '1', eventName: 'Added to Cart', eventData: { Price: 'x' } })).rejects.toThrow(
      /declares it a Number/,
    );
    expect(trackedEvents(module).all()).toHaveLength(1);
    await module.close();
  });

  it('neither makes the store of a shared lock: there is nothing to connect to', async () => {
    const made: string[] = [];
    const store = () => (made.push('a store'), undefined as never);
    const builder = Test.createTestingModule({ imports: [webEngage({ typeLock: { store }, enabled: true })] });
    const module = await WebEngageTestingModule.override(builder).setLogger(new RecordingLogger()).compile();
    await module.init();
    expect(made).toEqual([]);
  });

  it('a class that no feature declared is told of with its first event', async () => {
    const logger = new RecordingLogger();
    const app = await NestFactory.createApplicationContext(webEngage(), { logger, abortOnError: false });
    for (let round = 0; round < 2; round++) {
      await expect(app.get(EventsService).track(Wrong, { userId: '1' })).rejects.toThrow(/system event/);
    }
    expect(
      logger.at('error').filter((line) => line.includes('was not given to WebEngageModule.forFeature()')),
    ).toHaveLength(1);
    await app.close();
  });
});
