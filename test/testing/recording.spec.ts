import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Inject, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  BufferFullError,
  type DeliveredEvent,
  EventsService,
  EventValidationError,
  FailedEvents,
  getEventsToken,
  WebEngageModule,
} from 'nestjs-webengage';
import {
  TestingError,
  trackedEvents,
  WebEngageTestingModule,
  type WebEngageTestingOptions,
} from 'nestjs-webengage/testing';
import { credentials } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';

const EVENT = { userId: '1', eventName: 'Added to Cart', eventData: { Price: 39.8, Items: [{ ID: 1 }] } };
const started: TestingModule[] = [];

async function start(options?: WebEngageTestingOptions): Promise<TestingModule> {
  const builder = Test.createTestingModule({ imports: [WebEngageTestingModule.forRoot(options)] });
  const module = await builder.setLogger(new RecordingLogger()).compile();
  started.push(module);
  return module.init();
}

afterEach(async () => {
  for (const module of started.splice(0)) await module.close();
});

describe('a recorded event', () => {
  let module: TestingModule;
  let events: EventsService;

  beforeEach(async () => {
    module = await start();
    events = module.get(EventsService);
  });

  it('counts as delivered at once', async () => {
    const delivered: DeliveredEvent[] = [];
    events.delivered$.subscribe((event) => delivered.push(event));
    const receipt = events.track(EVENT);
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1, failed: 0, pending: 0 });

    const { requestId, state } = await receipt;
    await events.flush({ timeout: 0 });
    const [{ requestId: recorded, ...event }] = trackedEvents(module).all();
    expect({ state, recorded }).toEqual({ state: 'delivered', recorded: requestId });
    expect(delivered).toEqual([{ event, requestId, attempts: 1 }]);
  });

  it('is as it was when it was tracked, and cannot be changed', async () => {
    const given = structuredClone(EVENT);
    const receipt = events.track(given);
    given.eventData.Price = 1;
    await receipt;
    const [event] = trackedEvents(module).all();
    expect(event).toMatchObject(EVENT);
    const items = event.eventData?.Items as { ID: number }[];
    for (const change of [
      () => Object.assign(event, { userId: '2' }),
      () => Object.assign(event.eventData ?? {}, { Price: 1 }),
      () => items.push({ ID: 2 }),
      () => Object.assign(items[0], { ID: 2 }),
    ]) {
      expect(change).toThrow(TypeError);
    }
  });

  it('keeps attributes of any name', async () => {
    const eventData = JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":2}') as object;
    await events.track({ userId: '1', eventName: 'Viewed', eventData: { ...eventData } });
    const [event] = trackedEvents(module).all();
    expect(JSON.stringify(event.eventData)).toBe('{"__proto__":{"a":1},"constructor":1,"toString":2}');
  });

  it('stands in the order in which it was tracked, and among those of its name', async () => {
    await events.trackMany(['A', 'B', 'A', 'C'].map((eventName) => ({ userId: '1', eventName })));
    await events.track(EVENT);
    const names = trackedEvents(module)
      .all()
      .map(({ eventName }) => eventName);
    expect(names).toEqual(['A', 'B', 'A', 'C', 'Added to Cart']);
    expect(trackedEvents(module).named('A')).toHaveLength(2);
    expect(trackedEvents(module).named('a')).toEqual([]);
  });

  it('is forgotten when it is cleared, and so are the counts', async () => {
    await Promise.allSettled([events.track(EVENT), events.track({ userId: '1', eventName: 'we_x' })]);
    const tracked = trackedEvents(module);
    expect(tracked.counts()).toEqual({ recorded: 1, refused: 1, skipped: 0, evaluating: 0, typeConflicts: 0 });
    tracked.clear();
    expect(tracked.all()).toEqual([]);
    expect(tracked.counts()).toEqual({ recorded: 0, refused: 0, skipped: 0, evaluating: 0, typeConflicts: 0 });
    await events.track(EVENT);
    expect(tracked.counts()).toMatchObject({ recorded: 1, refused: 0 });
  });

  it('can be read after the application was closed', async () => {
    await events.track(EVENT);
    await module.close();
    await expect(events.track(EVENT)).rejects.toThrow('shut down');
    expect(trackedEvents(module).all()).toHaveLength(1);
    started.length = 0;
  });

  it('may be one of 100,000, and no more until there is room again', async () => {
    const event = { userId: '1', eventName: 'Viewed' };
    for (let sent = 0; sent < 100_000; sent += 10_000) {
      await events.trackMany(Array.from({ length: 10_000 }, () => event));
    }
    const refused = await events.track(event).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BufferFullError);
    expect((refused as Error).message).toBe(
      'The recording of this test holds at most 100000 events, and with this it would be 100001. ' +
        'The event was not taken; make room by trackedEvents(app).clear()',
    );
    expect(trackedEvents(module).counts()).toMatchObject({ recorded: 100_000, refused: 1 });
    trackedEvents(module).clear();
    await events.track(event);
    expect(trackedEvents(module).all()).toHaveLength(1);
  });

  it('is one of 256 MiB at most', async () => {
    const big = {
      userId: '1',
      eventName: 'Viewed',
      eventData: { Parts: Array.from({ length: 1000 }, () => 'x'.repeat(900)) },
    };
    const sending = async () => {
      for (let sent = 0; sent < 400; sent++) await events.track(big);
    };
    await expect(sending()).rejects.toThrow('holds at most 268435456 bytes of events');
  });
});

describe('the testing module', () => {
  it('refuses what production refuses', async () => {
    const module = await start({ maxEventBytes: 100 });
    const events = module.get(EventsService);
    await expect(events.track({ userId: '1', eventName: 'we_x' })).rejects.toBeInstanceOf(EventValidationError);
    await expect(events.track(EVENT)).rejects.toThrow('100 bytes');
    expect(events.stats()).toMatchObject({ accepted: 0, refused: 2 });
    expect(trackedEvents(module).all()).toEqual([]);
  });

  it('reports refusals where the application does', async () => {
    const module = await start({ onRefused: 'report' });
    const { state } = await module.get(EventsService).track({ userId: '1', eventName: '' });
    expect(state).toBe('refused');
  });

  it('checks its options as production does', async () => {
    await expect(start({ maxEventBytes: -1 })).rejects.toThrow('maxEventBytes: must be a whole number');
  });

  it('takes the whole options of the application, and sends nothing', async () => {
    const options = {
      ...credentials,
      host: 'http://127.0.0.1:1',
      enabled: false,
      delivery: () => Promise.reject(new Error('made')),
    };
    const module = await start(options as WebEngageTestingOptions);
    await module.get(EventsService).track(EVENT);
    expect(trackedEvents(module).all()).toHaveLength(1);
    expect(await module.get(FailedEvents).list()).toEqual([]);
  });

  it('records named accounts, each apart', async () => {
    const builder = Test.createTestingModule({
      imports: [WebEngageTestingModule.forRoot(), WebEngageTestingModule.forRoot({ account: 'india' })],
    });
    const module = await builder.compile();
    started.push(module);
    await module.get(EventsService).track(EVENT);
    await module.get<EventsService>(getEventsToken('india'), { strict: false }).track({ ...EVENT, userId: '2' });

    expect(
      trackedEvents(module)
        .all()
        .map(({ userId }) => userId),
    ).toEqual(['1']);
    expect(
      trackedEvents(module, 'india')
        .all()
        .map(({ userId }) => userId),
    ).toEqual(['2']);
    expect(() => trackedEvents(module, 'ksa')).toThrow(
      'No events of the account "ksa" are recorded in this application; it has these accounts: the one without a name, "india"',
    );
  });

  it('is seen only where it is imported, with isGlobal: false', async () => {
    class Reader {
      constructor(@Inject(EventsService) readonly events: EventsService) {}
    }
    const local = WebEngageTestingModule.forRoot({ isGlobal: false });
    @Module({ imports: [local], providers: [Reader], exports: [Reader] })
    class ReaderModule {}
    @Module({ providers: [Reader] })
    class OtherModule {}

    const module = await Test.createTestingModule({ imports: [ReaderModule] }).compile();
    started.push(module);
    await module.get(Reader, { strict: false }).events.track(EVENT);
    expect(trackedEvents(module).all()).toHaveLength(1);
    const wrong = Test.createTestingModule({ imports: [ReaderModule, OtherModule] }).setLogger(new RecordingLogger());
    await expect(wrong.compile()).rejects.toThrow('EventsService');
  });
});

describe('without a recording', () => {
  it('a test is told what to do', async () => {
    const nothing = await Test.createTestingModule({}).compile();
    expect(() => trackedEvents(nothing)).toThrow(
      /^This application has no WebEngageModule: either add WebEngageTesting/,
    );

    const imports = [WebEngageModule.forRoot({ ...credentials, host: 'http://127.0.0.1:1' })];
    const real = await Test.createTestingModule({ imports }).compile();
    started.push(nothing, real);
    expect(() => trackedEvents(real)).toThrow(
      /^The WebEngageModule of this application does not record its events, but /,
    );
    expect(() => trackedEvents(real)).toThrow(TestingError);
  });

  it.each([
    [undefined, 'undefined'],
    [{}, 'an Object'],
    ['app', 'a String'],
  ])('of %p it says what is needed', (app, what) => {
    expect(() => trackedEvents(app as never)).toThrow(
      `A Nest application or testing module is needed, but this is ${what}`,
    );
  });
});
