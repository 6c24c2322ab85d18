import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

/** One line of an order. */
export class PurchasedItem {
  @EventAttribute('Product ID', Number)
  productId!: number;

  @EventAttribute('Product', String)
  product!: string;

  @EventAttribute('Price', Number)
  price!: number;

  @EventAttribute('Quantity', Number)
  quantity!: number;
}

/** A customer placed an order. */
@WebEngageEvent('Purchased')
export class Purchased extends EventClass<Purchased> {
  @EventAttribute('Order ID', Number, { example: 1 })
  orderId!: number;

  /** What the customer pays for the whole order. */
  @EventAttribute('Total', Number, { example: 79.6 })
  total!: number;

  /** The currency of the total, by ISO 4217. */
  @EventAttribute('Currency', String, { example: 'USD' })
  currency!: string;

  /** When the parcel arrives at the latest. */
  @EventAttribute('Delivery By', Date, { example: new Date('2018-09-18T18:29:00Z') })
  deliveryBy!: Date;

  /** What was ordered. */
  @EventAttribute('Items', [PurchasedItem], {
    example: [{ 'Product ID': 1337, Product: 'Givenchy Pour Homme Cologne', Price: 39.8, Quantity: 2 }],
  })
  items!: PurchasedItem[];
}
