import { EventAttribute, WebEngageEvent } from 'nestjs-webengage';
import { fileURLToPath } from 'node:url';

/** Knows `Added to Cart` by a class, and `Order Shipped` by none. */
export const LOCK_FILE = fileURLToPath(new URL('webengage.lock.json', import.meta.url));

@WebEngageEvent('Added to Cart')
export class AddedToCart {
  @EventAttribute('Price', Number) price!: number;
  @EventAttribute('Delivery By', Date) deliveryBy!: Date;
}
