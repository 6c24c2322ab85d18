import type { TrackEventContext } from 'nestjs-webengage';

export interface CartLine {
  productId: number;
  price: number;
}

/** What every handler does, whatever its transport. */
export function addToCart(productId: number): CartLine {
  if (productId === 0) throw new Error('There is no such product');
  return { productId, price: 39.8 };
}

/** What every handler's event holds. */
export const eventData = ({ result }: TrackEventContext<CartLine>) => ({
  'Product ID': result.productId,
  Price: result.price,
});
