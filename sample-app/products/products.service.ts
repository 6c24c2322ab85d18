import { Injectable, NotFoundException } from '@nestjs/common';
import { Product } from './product.js';

const PRODUCTS: readonly Product[] = [
  { id: 1337, name: 'Givenchy Pour Homme Cologne', category: 'Fragrance', price: 39.8, currency: 'USD' },
  { id: 1338, name: 'Cedar Beard Oil', category: 'Grooming', price: 14.5, currency: 'USD' },
  { id: 1339, name: 'Linen Bath Towel', category: 'Home', price: 22, currency: 'USD' },
];

@Injectable()
export class ProductsService {
  list(): readonly Product[] {
    return PRODUCTS;
  }

  one(id: number): Product {
    const product = PRODUCTS.find((candidate) => candidate.id === id);
    if (!product) throw new NotFoundException(`There is no product ${id}`);
    return product;
  }
}
