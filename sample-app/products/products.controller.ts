import { Controller, Get, Headers, Param, ParseIntPipe } from '@nestjs/common';
import { ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EventsService } from 'nestjs-webengage';
import { ProductViewed } from './product-viewed.event.js';
import { Product } from './product.js';
import { ProductsService } from './products.service.js';

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(
    private readonly products: ProductsService,
    private readonly events: EventsService,
  ) {}

  @Get()
  @ApiOkResponse({ type: [Product] })
  list(): readonly Product[] {
    return this.products.list();
  }

  @Get(':id')
  @ApiHeader({ name: 'x-visitor-id', required: false, description: 'Identifies a visitor who has not signed in' })
  @ApiOkResponse({ type: Product })
  @ApiNotFoundResponse()
  one(@Param('id', ParseIntPipe) id: number, @Headers('x-visitor-id') visitorId?: string): Product {
    const product = this.products.one(id);
    if (visitorId) this.trackView(visitorId, product);
    return product;
  }

  private trackView(anonymousId: string, product: Product): void {
    const viewed = new ProductViewed({
      productId: product.id,
      price: product.price,
      product: product.name,
      category: product.category,
      currency: product.currency,
    });
    void this.events.track(viewed, { anonymousId });
  }
}
