import { ConflictException, Injectable } from '@nestjs/common';
import { EventsService } from 'nestjs-webengage';
import type { Customer } from '../auth/customer.js';
import type { CartLine } from '../cart/cart-line.js';
import { CartService } from '../cart/cart.service.js';
import type { Order } from './order.js';

const DELIVERY_TIME = 3 * 24 * 60 * 60 * 1000;

@Injectable()
export class CheckoutService {
  private lastOrderId = 0;

  constructor(
    private readonly cart: CartService,
    private readonly events: EventsService,
  ) {}

  checkOut(customer: Customer): Order {
    const lines = this.cart.linesOf(customer);
    if (lines.length === 0) throw new ConflictException('The cart is empty');
    const order = this.place(lines);
    this.cart.clear(customer);
    this.trackPurchase(customer, order);
    return order;
  }

  private place(lines: readonly CartLine[]): Order {
    const cents = lines.reduce((sum, { product, quantity }) => sum + Math.round(product.price * 100) * quantity, 0);
    const placedAt = new Date();
    return {
      id: ++this.lastOrderId,
      lines,
      total: cents / 100,
      currency: 'USD',
      placedAt,
      deliveryBy: new Date(placedAt.getTime() + DELIVERY_TIME),
    };
  }

  private trackPurchase(customer: Customer, order: Order): void {
    // Not awaited: the order neither waits for WebEngage nor fails with it. A failure is logged, counted in stats()
    // and reported on failed$; a rejection that nobody awaits never ends the process.
    void this.events.track({
      userId: String(customer.id),
      eventName: 'Purchased',
      eventTime: order.placedAt,
      eventData: {
        'Order ID': order.id,
        Total: order.total,
        Currency: order.currency,
        'Delivery By': order.deliveryBy,
        Items: order.lines.map(({ product, quantity }) => ({
          'Product ID': product.id,
          Product: product.name,
          Price: product.price,
          Quantity: quantity,
        })),
      },
    });
  }
}
