import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseIntPipe,
  Post,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { AuthGuard } from '../auth/auth.guard.js';
import { Customer } from '../auth/customer.js';
import { CurrentCustomer } from '../auth/signed-in-request.js';
import { AddedToCart } from './added-to-cart.event.js';
import { CartLine } from './cart-line.js';
import { CartService } from './cart.service.js';
import { AddToCartDto } from './dto/add-to-cart.dto.js';

@ApiTags('cart')
@ApiBearerAuth()
@UseGuards(AuthGuard)
@Controller('cart/lines')
export class CartController {
  constructor(private readonly cart: CartService) {}

  @Get()
  @ApiOkResponse({ type: [CartLine] })
  lines(@CurrentCustomer() customer: Customer): readonly CartLine[] {
    return this.cart.linesOf(customer);
  }

  @ApiCreatedResponse({ type: CartLine })
  @Post()
  @TrackEvent(AddedToCart, {
    eventData: ({ result: { product, quantity } }: TrackEventContext<CartLine>) => ({
      productId: product.id,
      price: product.price,
      quantity,
      product: product.name,
      category: product.category,
      currency: product.currency,
    }),
  })
  add(@CurrentCustomer() customer: Customer, @Body() line: AddToCartDto): CartLine {
    return this.cart.add(customer, line);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(@CurrentCustomer() customer: Customer, @Param('id', ParseIntPipe) id: number): void {
    this.cart.remove(customer, id);
  }
}
