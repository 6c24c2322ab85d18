import type { EventsService } from 'nestjs-webengage';
import { EventAttribute, EventClass, WebEngageEvent } from 'nestjs-webengage';

/** What a plain catalog says; no other file uses these names. */
declare module 'nestjs-webengage' {
  interface WebEngageEvents {
    'Typed Purchase': { 'Product ID': number; Price: number; Coupon?: string; Items?: { sku: string }[] };
    'Typed Visit': { Page?: string };
  }
}

/** A line as a handler answers it. */
export interface CartLine {
  readonly productId: number;
  readonly price: number;
}

export class TypedItem {
  @EventAttribute('SKU', String) sku!: string;
  @EventAttribute('Count', Number, { optional: true }) count?: number;
}

@WebEngageEvent('Typed Cart')
export class TypedCart extends EventClass<TypedCart> {
  @EventAttribute('Product ID', Number) productId!: number;
  @EventAttribute('Price', Number) price!: number;
  @EventAttribute('Coupon', String, { optional: true }) coupon?: string;
  @EventAttribute('Items', [TypedItem], { optional: true }) items?: TypedItem[];
  @EventAttribute('Delivery By', Date, { optional: true }) deliveryBy?: Date;

  total(): number {
    return this.price;
  }
}

/** Without EventClass: its constructor's type takes nothing. */
@WebEngageEvent('Typed Wish')
export class TypedWish {
  @EventAttribute('Product ID', Number) productId!: number;
}

/** Nothing in it is mandatory. */
@WebEngageEvent('Typed Look')
export class TypedLook extends EventClass<TypedLook> {
  @EventAttribute('Page', String, { optional: true }) page?: string;
}

export declare const events: EventsService;
export declare const anyString: string;
