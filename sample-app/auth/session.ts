import { ApiProperty } from '@nestjs/swagger';
import { Customer } from './customer.js';

export class Session {
  @ApiProperty({ description: 'Send it as the header "Authorization: Bearer <token>"' })
  token!: string;

  @ApiProperty()
  customer!: Customer;
}
