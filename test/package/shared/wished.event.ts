import { IsOptional, Min } from 'class-validator';
import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

/** A list that the product was put on. */
export class WishList {
  @EventAttribute('Name', String) name!: string;
  @EventAttribute('Since', Date, { optional: true }) since?: Date;
}

/** A customer wishes for a product. */
@WebEngageEvent('Wished')
export class Wished extends EventClass<Wished> {
  /** The product's number in the shop. */
  @EventAttribute('Product ID', Number, { example: 1337 })
  productId!: number;

  /** The price of one piece. */
  @EventAttribute('Price', Number)
  @Min(0)
  price!: number;

  @EventAttribute('Occasion', String, { description: 'Why they wish for it' })
  @IsOptional()
  occasion?: string;

  @EventAttribute('Wanted By', Date, { optional: true })
  wantedBy?: Date;

  @EventAttribute('Lists', [WishList])
  lists!: WishList[];
}
