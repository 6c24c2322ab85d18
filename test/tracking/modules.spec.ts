import { Controller, Get, Inject, Injectable, Module, Scope } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import { getEventsToken, TrackEvent, WebEngageModule } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import {
  counts,
  credentials,
  type HttpApp,
  type Platform,
  platforms,
  shapeOf,
  startHttpApp,
  startTrackedApp,
} from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const johndoe = { userId: 'johndoe' };

@Controller('shop')
class Shop {
  @Get('cart') @TrackEvent('Viewed', johndoe) cart(): string {
    return 'a cart';
  }

  @Get('nobody') @TrackEvent('Viewed') nobody(): string {
    return 'a cart';
  }
}

@Injectable({ scope: Scope.REQUEST })
class Basket {
  readonly lines: string[] = [];
}

@Controller({ path: 'shop', scope: Scope.REQUEST })
class RequestScopedShop {
  constructor(@Inject(Basket) private readonly basket: Basket) {}

  @Get('cart')
  @TrackEvent('Viewed', { ...johndoe, eventData: ({ result }) => ({ Lines: result as string[] }) })
  cart(): string[] {
    this.basket.lines.push('cologne');
    return this.basket.lines;
  }

  @Get('nobody') @TrackEvent('Viewed') nobody(): string {
    return 'a cart';
  }
}

abstract class Catalogue {
  abstract readonly kind: string;

  @Get('item') @TrackEvent(({ result }) => `Viewed ${result}`, johndoe) item(): string {
    return this.kind;
  }

  @Get('list') @TrackEvent('Listed') list(): string {
    return `all ${this.kind}`;
  }
}

@Controller('perfumes')
class Perfumes extends Catalogue {
  readonly kind = 'perfume';
}

@Controller('soaps')
class Soaps extends Catalogue {
  readonly kind = 'soap';

  @Get('item') override item(): string {
    return 'a soap of its own';
  }
}

@Controller('accounts')
class Accounts {
  @Get('unnamed') @TrackEvent('Viewed', johndoe) unnamed(): void {}
  @Get('india') @TrackEvent('Viewed', { ...johndoe, account: 'india' }) india(): void {}
  @Get('both') @TrackEvent('Viewed', johndoe) @TrackEvent('Seen', { account: 'india' }) both(): void {}
  @Get('unknown') @TrackEvent('Viewed', { ...johndoe, account: 'mars' }) unknown(): string {
    return 'no such account';
  }
}

expectNoUnobservedErrors();

describe.each(platforms)('decorated handlers on %s', (platform: Platform) => {
  const opened: { close(): Promise<unknown> }[] = [];

  /** Closes what a test opened, the latest first. */
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  async function opening<Closable extends { close(): Promise<unknown> }>(starting: Promise<Closable>) {
    const closable = await starting;
    opened.push(closable);
    return closable;
  }

  it('in a request-scoped controller are tracked', async () => {
    const app = await opening(startTrackedApp(platform, { controllers: [RequestScopedShop], providers: [Basket] }));
    const outcome = await app.outcomeOf(async () => [await app.get('shop/cart'), await app.get('shop/cart')]);
    const event = { ...johndoe, eventName: 'Viewed', eventData: { Lines: ['cologne'] } };

    expect(outcome.value).toMatchObject([{ body: '["cologne"]' }, { body: '["cologne"]' }]);
    expect(outcome.events).toEqual([event, event]);
    await app.get('shop/nobody');
    await app.get('shop/nobody');
    expect(app.logger.at('warn')).toEqual([expect.stringContaining('RequestScopedShop.nobody')]);
  });

  it('that a controller inherits are tracked, unless it overrides them', async () => {
    const app = await opening(startTrackedApp(platform, { controllers: [Perfumes, Soaps] }));
    const outcome = await app.outcomeOf(async () => [await app.get('perfumes/item'), await app.get('soaps/item')]);

    expect(outcome.value).toMatchObject([{ body: 'perfume' }, { body: 'a soap of its own' }]);
    expect(outcome.events).toEqual([{ ...johndoe, eventName: 'Viewed perfume', eventData: {} }]);
    await app.get('perfumes/list');
    await app.get('soaps/list');
    expect(app.logger.at('warn')).toEqual([
      expect.stringContaining('Perfumes.list'),
      expect.stringContaining('Soaps.list'),
    ]);
  });

  it('are tracked where a module that is not global is imported, and only there', async () => {
    const sandbox = await opening(WebEngageSandbox.start());
    const logger = new RecordingLogger();
    const webEngage = WebEngageModule.forRoot({ ...credentials, host: sandbox.url, isGlobal: false });
    @Module({ imports: [webEngage], controllers: [Shop] })
    class FeatureModule {}
    @Module({ controllers: [Perfumes] })
    class OtherModule {}
    const app = await opening(startHttpApp(platform, { imports: [FeatureModule, OtherModule] }, { logger }));
    const answers = [await app.get('shop/cart'), await app.get('perfumes/item')];
    await app.app.get(getEventsToken(), { strict: false }).flush();

    expect(answers).toMatchObject([
      { status: 200, body: 'a cart' },
      { status: 200, body: 'perfume' },
    ]);
    expect(sandbox.events().map(shapeOf)).toEqual([{ ...johndoe, eventName: 'Viewed', eventData: {} }]);
    expect(logger.at('error')).toEqual([expect.stringContaining('@TrackEvent() on Perfumes.item tracks nothing')]);
  });

  it('go to the account that they name', async () => {
    const [world, india] = [await opening(WebEngageSandbox.start()), await opening(WebEngageSandbox.start())];
    const identify = (name: string) => () => ({ userId: `user of ${name}` });
    const imports = [
      WebEngageModule.forRoot({ ...credentials, host: world.url, identify: identify('world') }),
      WebEngageModule.forRoot({ ...credentials, host: india.url, identify: identify('india'), account: 'india' }),
    ];
    const logger = new RecordingLogger();
    const app = await opening(startHttpApp(platform, { imports, controllers: [Accounts] }, { logger }));
    for (const route of ['unnamed', 'india', 'both']) await app.get(`accounts/${route}`);
    const services = [app.app.get(getEventsToken()), app.app.get(getEventsToken('india'))];
    for (const service of services) await service.flush();

    const viewed = { ...johndoe, eventName: 'Viewed', eventData: {} };
    expect(world.events().map(shapeOf)).toEqual([viewed, viewed]);
    expect(india.events().map(shapeOf)).toEqual([
      viewed,
      { userId: 'user of india', eventName: 'Seen', eventData: {} },
    ]);
    for (const service of services) expect(service.stats()).toEqual(counts({ accepted: 2, delivered: 2 }));

    expect(await app.get('accounts/unknown')).toMatchObject({ status: 200, body: 'no such account' });
    await app.get('accounts/unknown');
    expect(logger.at('error')).toEqual([expect.stringContaining("WebEngageModule with account: 'mars'")]);
  });

  it.each([
    ['controller', { controllers: [Shop] }],
    ['request-scoped controller', { controllers: [RequestScopedShop], providers: [Basket] }],
  ])('in a %s without the module answer as ever, and say so once in the log', async (_kind, metadata) => {
    const logger = new RecordingLogger();
    const app: HttpApp = await opening(startHttpApp(platform, metadata, { logger }));
    const answers = [await app.get('shop/nobody'), await app.get('shop/nobody'), await app.get('shop/cart')];

    expect(answers).toMatchObject([{ status: 200, body: 'a cart' }, { status: 200, body: 'a cart' }, { status: 200 }]);
    expect(logger.at('error')).toEqual([
      expect.stringContaining('Shop.nobody tracks nothing: import WebEngageModule'),
      expect.stringContaining('Shop.cart tracks nothing: import WebEngageModule'),
    ]);
  });
});
