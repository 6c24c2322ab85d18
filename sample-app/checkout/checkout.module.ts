import { Module } from '@nestjs/common';
import { WebEngageModule } from 'nestjs-webengage';
import { AuthModule } from '../auth/auth.module.js';
import { CartModule } from '../cart/cart.module.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutService } from './checkout.service.js';
import { Purchased } from './purchased.event.js';

@Module({
  imports: [AuthModule, CartModule, WebEngageModule.forFeature([Purchased])],
  controllers: [CheckoutController],
  providers: [CheckoutService],
})
export class CheckoutModule {}
