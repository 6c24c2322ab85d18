import { Controller, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { AuthGuard } from '../auth/auth.guard.js';
import { Customer } from '../auth/customer.js';
import { CurrentCustomer } from '../auth/signed-in-request.js';
import { CheckoutService } from './checkout.service.js';
import { Order } from './order.js';

@ApiTags('checkout')
@ApiBearerAuth()
@UseGuards(AuthGuard)
@Controller('checkout')
export class CheckoutController {
  constructor(private readonly checkout: CheckoutService) {}

  @Post()
  @ApiCreatedResponse({ type: Order })
  @ApiConflictResponse({ description: 'The cart is empty' })
  checkOut(@CurrentCustomer() customer: Customer): Order {
    return this.checkout.checkOut(customer);
  }
}
