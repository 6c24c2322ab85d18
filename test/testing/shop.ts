import { Body, Controller, Get, Inject, Module, Post, Query, Req } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { EventsService, TrackEvent, type TrackEventContext } from 'nestjs-webengage';

/** Promises that the test settles. */
export class Stock {
  look: () => Promise<number> = () => Promise.resolve(1);
}

@Controller()
export class ShopController {
  constructor(
    private readonly events: EventsService,
    @Inject(Stock) readonly stock: Stock,
  ) {}

  @Post('cart')
  @TrackEvent('Added to Cart', {
    userId: ({ request }: TrackEventContext<unknown, { headers: { user?: string } }>) => request.headers.user,
    eventData: ({ result }: TrackEventContext<object>) => ({ ...result }),
  })
  add(@Body() line: object): object {
    return line;
  }

  @Get('view')
  @TrackEvent('Viewed', { userId: '1', eventData: async ({ request }) => ({ Left: await stockOf(request) }) })
  view(@Req() request: { stock?: Stock }): string {
    request.stock = this.stock;
    return 'a product';
  }

  @Get('track')
  async track(@Query('name') eventName: string): Promise<string> {
    const { state } = await this.events.track({ userId: '1', eventName });
    return state;
  }
}

function stockOf({ stock }: { stock: Stock }): Promise<number> {
  return stock.look();
}

@Module({ controllers: [ShopController], providers: [Stock], exports: [Stock] })
export class ShopModule {}

/** Posts a line to the cart, as a user or as nobody. */
export async function addToCart(app: INestApplication, line: object, user = '1'): Promise<Response> {
  return fetch(`${await app.getUrl()}/cart`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(user === '' ? undefined : { user }) },
    body: JSON.stringify(line),
  });
}
