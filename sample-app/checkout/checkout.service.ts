import { ConflictException, Injectable } from '@nestjs/common';
import { EventsService } from 'nestjs-webengage';
import type { Customer } from '../auth/customer.js';
import type { CartLine } from '../cart/cart-line.js';
import { CartService } from '../cart/cart.service.js';
import type { Order } from './order.js';
import { Purchased } from './purchased.event.js';

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
    void this.events.track(Purchased, {
      userId: String(customer.id),
      eventTime: order.placedAt,
      eventData: {
        orderId: order.id,
        total: order.total,
        currency: order.currency,
        deliveryBy: order.deliveryBy,
        items: order.lines.map(({ product, quantity }) => ({
          productId: product.id,
          product: product.name,
          price: product.price,
          quantity,
        })),
      },
    });
  }
}
