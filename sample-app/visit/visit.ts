import type { CartLine } from '../cart/cart-line.js';
import type { Order } from '../checkout/order.js';
import type { Product } from '../products/product.js';
import { Shopper } from './shopper.js';

/** One shopper looks around, signs in, changes her mind about a towel, and buys the rest. */
export async function visitShop(shopUrl: string): Promise<Order> {
  const shopper = new Shopper(shopUrl);
  const [cologne, , towel] = await shopper.call<[Product, Product, Product]>('GET', '/products');
  await shopper.call<Product>('GET', `/products/${cologne.id}`);
  await shopper.call<Product>('GET', `/products/${towel.id}`);

  await shopper.signIn('Ada');
  await shopper.call<CartLine>('POST', '/cart/lines', { productId: cologne.id, quantity: 1 });
  const towels = await shopper.call<CartLine>('POST', '/cart/lines', { productId: towel.id, quantity: 2 });
  await shopper.call('DELETE', `/cart/lines/${towels.id}`);

  const order = await shopper.call<Order>('POST', '/checkout');
  await shopper.signOut();
  return order;
}
