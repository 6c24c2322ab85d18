import { Body, Controller, Headers, Injectable, Module, NotFoundException, Post } from '@nestjs/common';
import { EventsService, TrackEvent, type TrackEventContext, TrackEventDto, type TrackReceipt } from 'nestjs-webengage';

export interface CartLine {
  productId: number;
  price: number;
}

interface ShopRequest {
  headers: Record<string, string | undefined>;
}

/** Tracks by the decorator. */
@Controller('cart')
export class CartController {
  @Post()
  @TrackEvent('Added to Cart', {
    userId: ({ request }: TrackEventContext<CartLine, ShopRequest>) => request.headers['x-user-id'],
    eventData: ({ result }: TrackEventContext<CartLine>) => ({ 'Product ID': result.productId, Price: result.price }),
  })
  add(@Body() line: { productId: number }): CartLine {
    if (line.productId === 0) throw new NotFoundException('There is no such product');
    return { productId: line.productId, price: 39.8 };
  }
}

/** Tracks by the service. */
@Injectable()
export class CheckoutService {
  constructor(private readonly events: EventsService) {}

  checkOut(userId: string): Promise<TrackReceipt> {
    return this.events.track({ userId, eventName: 'Checked Out', eventData: { Total: 79.6, Coupons: ['SPRING'] } });
  }
}

@Controller('checkout')
export class CheckoutController {
  constructor(private readonly checkout: CheckoutService) {}

  @Post()
  checkOut(@Headers('x-user-id') userId: string): Promise<TrackReceipt> {
    return this.checkout.checkOut(userId);
  }
}

/** Tracks what clients post, checked by Nest's ValidationPipe. */
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Post()
  track(@Body() event: TrackEventDto): Promise<TrackReceipt> {
    return this.events.track(event);
  }
}

@Module({
  controllers: [CartController, CheckoutController, EventsController],
  providers: [CheckoutService],
})
export class ShopModule {}
