import { Module } from '@nestjs/common';
import { WebEngageModule } from 'nestjs-webengage';
import { AuthModule } from '../auth/auth.module.js';
import { ProductsModule } from '../products/products.module.js';
import { AddedToCart } from './added-to-cart.event.js';
import { CartController } from './cart.controller.js';
import { CartService } from './cart.service.js';

@Module({
  imports: [AuthModule, ProductsModule, WebEngageModule.forFeature([AddedToCart])],
  controllers: [CartController],
  providers: [CartService],
  exports: [CartService],
})
export class CartModule {}
