import { Min } from 'class-validator';
import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

/** A customer put a product into the cart. */
@WebEngageEvent('Added to Cart')
export class AddedToCart extends EventClass<AddedToCart> {
  /** The product's number in the shop. */
  @EventAttribute('Product ID', Number, { example: 1337 })
  productId!: number;

  /** The price of one piece. */
  @EventAttribute('Price', Number, { example: 39.8 })
  @Min(0)
  price!: number;

  @EventAttribute('Quantity', Number, { description: 'How many pieces', example: 1 })
  @Min(1)
  quantity!: number;

  /** The product's name, as the shop shows it. */
  @EventAttribute('Product', String, { example: 'Givenchy Pour Homme Cologne' })
  product!: string;

  @EventAttribute('Category', String, { example: 'Fragrance' })
  category!: string;

  /** The currency of the price, by ISO 4217. */
  @EventAttribute('Currency', String, { example: 'USD' })
  currency!: string;
}
