import { ApiProperty } from '@nestjs/swagger';
import { CartLine } from '../cart/cart-line.js';

export class Order {
  @ApiProperty({ example: 1 })
  id!: number;

  @ApiProperty({ type: [CartLine] })
  lines!: readonly CartLine[];

  @ApiProperty({ example: 79.6 })
  total!: number;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty()
  placedAt!: Date;

  @ApiProperty({ description: 'When the parcel arrives at the latest' })
  deliveryBy!: Date;
}
