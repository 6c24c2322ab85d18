import { ApiProperty } from '@nestjs/swagger';

export class Product {
  @ApiProperty({ example: 1337 })
  id!: number;

  @ApiProperty({ example: 'Givenchy Pour Homme Cologne' })
  name!: string;

  @ApiProperty({ example: 'Fragrance' })
  category!: string;

  @ApiProperty({ description: 'The price of one piece', example: 39.8 })
  price!: number;

  @ApiProperty({ example: 'USD' })
  currency!: string;
}
