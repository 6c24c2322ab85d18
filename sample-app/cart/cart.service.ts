import { Injectable, NotFoundException } from '@nestjs/common';
import type { Customer } from '../auth/customer.js';
import { ProductsService } from '../products/products.service.js';
import type { CartLine } from './cart-line.js';
import type { AddToCartDto } from './dto/add-to-cart.dto.js';

@Injectable()
export class CartService {
  private readonly carts = new Map<number, readonly CartLine[]>();
  private lastLineId = 0;

  constructor(private readonly products: ProductsService) {}

  linesOf(customer: Customer): readonly CartLine[] {
    return this.carts.get(customer.id) ?? [];
  }

  add(customer: Customer, { productId, quantity }: AddToCartDto): CartLine {
    const line = { id: ++this.lastLineId, product: this.products.one(productId), quantity };
    this.carts.set(customer.id, [...this.linesOf(customer), line]);
    return line;
  }

  remove(customer: Customer, lineId: number): void {
    const lines = this.linesOf(customer);
    const others = lines.filter(({ id }) => id !== lineId);
    if (others.length === lines.length) throw new NotFoundException(`There is no line ${lineId} in the cart`);
    this.carts.set(customer.id, others);
  }

  clear(customer: Customer): void {
    this.carts.delete(customer.id);
  }
}
