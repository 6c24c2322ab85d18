import { Controller, Get } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { EventsService, getEventsToken, TrackEvent, WebEngageModule } from 'nestjs-webengage';
import { credentials, type HttpApp, platforms, startHttpApp } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const eventData = ({ result }: { result: { price: number } }) => ({ Price: result.price });

@Controller()
class Shop {
  @Get('cart') @TrackEvent('Added to Cart', { userId: 'johndoe', eventData }) add(): object {
    return { price: 39.8 };
  }

  @Get('india') @TrackEvent('Added to Cart', { anonymousId: 'a visitor', account: 'india' }) addInIndia(): object {
    return { price: 39.8 };
  }
}

expectNoUnobservedErrors();

describe.each(platforms)('a mock in the place of the service, in a test on %s', (platform) => {
  const imports = [WebEngageModule.forRoot(credentials), WebEngageModule.forRoot({ ...credentials, account: 'india' })];
  let app: HttpApp;
  let logger: RecordingLogger;

  afterEach(() => app.close());

  async function startWith(track: unknown, token = getEventsToken()): Promise<void> {
    logger = new RecordingLogger();
    app = await startHttpApp(
      platform,
      { imports, controllers: [Shop] },
      { logger, override: (builder) => builder.overrideProvider(token).useValue({ track }) },
    );
  }

  it('receives the event and nothing else', async () => {
    const track = jest.fn();
    await startWith(track, EventsService);
    const response = await app.get('cart');

    expect(response).toMatchObject({ status: 200, body: '{"price":39.8}' });
    expect(track.mock.calls).toStrictEqual([
      [{ userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } }],
    ]);
    expect([...logger.at('warn'), ...logger.at('error')]).toEqual([]);
  });

  it('receives those of the account that it stands for', async () => {
    const track = jest.fn();
    await startWith(track, getEventsToken('india'));
    await app.get('india');

    expect(track.mock.calls).toStrictEqual([[{ anonymousId: 'a visitor', eventName: 'Added to Cart' }]]);
  });

  it.each([
    [
      'throws',
      () =>
        jest.fn(() => {
          throw new Error('no mock for this');
        }),
    ],
    ['rejects', () => jest.fn(() => Promise.reject(new Error('no mock for this')))],
    ['resolves', () => jest.fn(async () => ({ requestId: '0'.repeat(32), state: 'delivered' }))],
  ])('that %s does not change the response', async (_what, createMock) => {
    const track = createMock();
    await startWith(track);

    expect(await app.get('cart')).toMatchObject({ status: 200, body: '{"price":39.8}' });
    expect(track).toHaveBeenCalledTimes(1);
  });
});

describe.each(platforms)('a mocker that answers for everything, in a test on %s', (platform) => {
  it('does not change the response', async () => {
    const logger = new RecordingLogger();
    const app = await startHttpApp(
      platform,
      { controllers: [Shop] },
      { logger, override: (builder) => builder.useMocker(() => ({})) },
    );

    expect(await app.get('cart')).toMatchObject({ status: 200, body: '{"price":39.8}' });
    expect(logger.at('error')).toEqual([expect.stringContaining('@TrackEvent() on Shop.add tracks nothing')]);
    await app.close();
  });
});

describe('a decorated method', () => {
  it('stays the function that it was', () => {
    const method = function (this: void) {
      return 'answer';
    };
    const prototype = { method };
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'method') as TypedPropertyDescriptor<any>;
    const before = { ...descriptor };
    const returned = TrackEvent('Viewed', { userId: 'johndoe' })(prototype, 'method', descriptor);

    expect(descriptor).toEqual(before);
    expect(descriptor.value).toBe(method);
    expect((returned ?? descriptor).value).toBe(method);
    expect(prototype.method).toBe(method);
    expect(Object.getOwnPropertyNames(method).sort()).toEqual(Object.getOwnPropertyNames(function () {}).sort());
  });

  it('can be called without an application, as unit tests do', () => {
    expect(new Shop().add()).toEqual({ price: 39.8 });
  });
});
