import { Module } from '@nestjs/common';
import { WebEngageModule } from 'nestjs-webengage';
import { ProductViewed } from './product-viewed.event.js';
import { ProductsController } from './products.controller.js';
import { ProductsService } from './products.service.js';

@Module({
  imports: [WebEngageModule.forFeature([ProductViewed])],
  controllers: [ProductsController],
  providers: [ProductsService],
  exports: [ProductsService],
})
export class ProductsModule {}
