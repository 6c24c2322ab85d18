import { ApiProperty } from '@nestjs/swagger';
import { Product } from '../products/product.js';

export class CartLine {
  @ApiProperty({ example: 1 })
  id!: number;

  @ApiProperty()
  product!: Product;

  @ApiProperty({ example: 1 })
  quantity!: number;
}
