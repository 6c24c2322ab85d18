import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

/** A visitor looked at a product, signed in or not. */
@WebEngageEvent('Product Viewed')
export class ProductViewed extends EventClass<ProductViewed> {
  /** The product's number in the shop. */
  @EventAttribute('Product ID', Number, { example: 1337 })
  productId!: number;

  /** The price of one piece. */
  @EventAttribute('Price', Number, { example: 39.8 })
  price!: number;

  /** The product's name, as the shop shows it. */
  @EventAttribute('Product', String, { example: 'Givenchy Pour Homme Cologne' })
  product!: string;

  @EventAttribute('Category', String, { example: 'Fragrance' })
  category!: string;

  /** The currency of the price, by ISO 4217. */
  @EventAttribute('Currency', String, { example: 'USD' })
  currency!: string;
}
