import type { ExecutionContext } from '@nestjs/common';
import { expectTypeOf } from 'expect-type';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { anyString, type CartLine, TypedCart, TypedLook, TypedWish } from './typed-events.js';

interface ShopRequest {
  readonly user: { readonly id: string };
}

type CartContext = TrackEventContext<CartLine>;

const later = async <Value>(value: Value): Promise<Value> => value;

/** What compiles, most of it without a single annotation. */
export class RightHandlers {
  @TrackEvent(TypedCart, { eventData: ({ result }) => ({ productId: result.productId, price: result.price }) })
  mapper() {}

  @TrackEvent(TypedCart, { eventData: async ({ result }) => ({ productId: await later(1), price: result.price }) })
  asyncMapper() {}

  @TrackEvent(TypedCart, { eventData: () => Promise.resolve({ productId: 1, price: 2 }) })
  @TrackEvent(TypedCart, { eventData: () => later({ productId: 1, price: 2, coupon: undefined, items: [] }) })
  @TrackEvent('Typed Purchase', { eventData: () => later({ 'Product ID': 1, Price: 2, Items: [] }) })
  generic() {}

  @TrackEvent(TypedCart, { userId: 'shop', eventData: { productId: 1, price: 2 } })
  values() {}

  @TrackEvent(TypedCart, { eventData: () => null })
  nothing() {}

  @TrackEvent(TypedCart, { eventData: () => new TypedCart({ productId: 1, price: 2 }) })
  instance() {}

  @TrackEvent(TypedCart, { eventData: ({ result }: TrackEventContext<CartLine>) => result })
  annotated() {}

  @TrackEvent(TypedCart, {
    userId: ({ request }: TrackEventContext<CartLine, ShopRequest>) => request.user.id,
    when: ({ result }) => result.price > 0,
    eventData: ({ result }) => ({ productId: result.productId, price: result.price }),
    account: 'india',
  })
  annotatedOnce() {}

  @TrackEvent(TypedWish, { eventData: ({ request }) => ({ productId: request.params.id }) })
  withoutBase() {}

  @TrackEvent(TypedLook)
  @TrackEvent(TypedLook, { userId: '1' })
  @TrackEvent(TypedLook, { eventData: { page: '/' } })
  optionalOnly() {}

  @TrackEvent('Typed Purchase', { eventData: ({ result }) => ({ 'Product ID': result.productId, Price: 2 }) })
  @TrackEvent('Typed Purchase', { eventData: async () => ({ 'Product ID': 1, Price: await later(2), Coupon: 'x' }) })
  @TrackEvent('Typed Purchase', { eventData: { 'Product ID': 1, Price: 2 } })
  @TrackEvent('Typed Visit')
  @TrackEvent('Typed Visit', { when: ({ result }) => result !== null })
  named() {}

  @TrackEvent('Typed Purchase', {
    eventData: ({ result }: TrackEventContext<CartLine>) => ({ 'Product ID': result.productId, Price: result.price }),
  })
  namedAndAnnotated() {}

  @TrackEvent('Untyped')
  @TrackEvent('Untyped', { eventData: ({ result }) => ({ Anything: result.whatever, At: new Date() }) })
  @TrackEvent(anyString, { eventData: { Anything: 1 } })
  @TrackEvent(anyString)
  untyped() {}

  @TrackEvent(({ result }) => (result.isGift ? 'Gift' : 'Cart'), { eventData: { Anything: 1 } })
  @TrackEvent(async ({ request }) => later(`${request.body.kind} bought`))
  @TrackEvent(({ result }: TrackEventContext<CartLine>) => `Bought ${result.productId}`, {
    eventData: ({ result }) => ({ Price: result.price }),
  })
  mappedName() {}

  @TrackEvent<CartLine>('Untyped', { eventData: ({ result }) => ({ Price: result.price }) })
  @TrackEvent<CartLine, ShopRequest>('Untyped', { userId: ({ request }) => request.user.id })
  explicit() {}
}

export class WrongHandlers {
  // @ts-expect-error there is no such attribute
  @TrackEvent(TypedCart, { eventData: { productId: 1, price: 2, prise: 3 } })
  // @ts-expect-error another type
  @TrackEvent(TypedCart, { eventData: { productId: 1, price: '2' } })
  // @ts-expect-error an attribute is missing
  @TrackEvent(TypedCart, { eventData: { productId: 1 } })
  // @ts-expect-error eventData is missing
  @TrackEvent(TypedCart, { userId: '1' })
  // @ts-expect-error the options are missing
  @TrackEvent(TypedCart)
  // @ts-expect-error a nested attribute has another type
  @TrackEvent(TypedCart, { eventData: { productId: 1, price: 2, items: [{ sku: 1 }] } })
  // @ts-expect-error another type where none is mandatory
  @TrackEvent(TypedLook, { eventData: { page: 1 } })
  // @ts-expect-error there is no such option
  @TrackEvent(TypedLook, { eventDate: {} })
  values() {}

  // @ts-expect-error the mapper returns another type
  @TrackEvent(TypedCart, { eventData: () => ({ productId: 1, price: '2' }) })
  // @ts-expect-error what the mapper returns lacks an attribute
  @TrackEvent(TypedCart, { eventData: () => ({ productId: 1 }) })
  // @ts-expect-error what the mapper returns has WebEngage's names
  @TrackEvent(TypedCart, { eventData: () => ({ 'Product ID': 1, Price: 2 }) })
  // @ts-expect-error what the asynchronous mapper returns lacks an attribute
  @TrackEvent(TypedCart, { eventData: async () => ({ productId: await later(1) }) })
  // @ts-expect-error the asynchronous mapper returns another type
  @TrackEvent(TypedCart, { eventData: async ({ result }) => ({ productId: result.id, price: await later('2') }) })
  // @ts-expect-error a mapper that returns no object
  @TrackEvent(TypedCart, { eventData: () => 'a String' })
  mappers() {}

  // @ts-expect-error the annotated result has no such property
  @TrackEvent(TypedCart, { eventData: ({ result }: CartContext) => ({ productId: result.id, price: 1 }) })
  // @ts-expect-error the annotated result's property is of another type
  @TrackEvent(TypedCart, { eventData: ({ result }: CartContext) => ({ productId: 1, price: String(result.price) }) })
  // @ts-expect-error one mapper that is annotated tells the others
  @TrackEvent(TypedLook, { when: ({ result }: CartContext) => result.price > 0, userId: ({ result }) => result.id })
  annotated() {}

  // @ts-expect-error there is no such attribute
  @TrackEvent('Typed Purchase', { eventData: { 'Product ID': 1, Price: 2, Prise: 3 } })
  // @ts-expect-error another type
  @TrackEvent('Typed Purchase', { eventData: { 'Product ID': 1, Price: '2' } })
  // @ts-expect-error an attribute is missing
  @TrackEvent('Typed Purchase', { eventData: { Price: 2 } })
  // @ts-expect-error eventData is missing
  @TrackEvent('Typed Purchase', { userId: '1' })
  // @ts-expect-error the options are missing
  @TrackEvent('Typed Purchase')
  // @ts-expect-error the mapper returns another type
  @TrackEvent('Typed Purchase', { eventData: () => ({ 'Product ID': 1, Price: '2' }) })
  // @ts-expect-error what the mapper returns lacks an attribute
  @TrackEvent('Typed Purchase', { eventData: ({ result }) => ({ 'Product ID': result.id }) })
  // @ts-expect-error the asynchronous mapper returns another type
  @TrackEvent('Typed Purchase', { eventData: async () => ({ 'Product ID': await later('1'), Price: 2 }) })
  // @ts-expect-error another type where none is mandatory
  @TrackEvent('Typed Visit', { eventData: { Page: 1 } })
  named() {}

  // @ts-expect-error an instance is neither a name nor a class
  @TrackEvent(new TypedLook({}))
  // @ts-expect-error a number is no name
  @TrackEvent(5)
  // @ts-expect-error a mapper of names that returns a number
  @TrackEvent(() => 5)
  noEvent() {}
}

export function mappersKnowTheirArgument() {
  TrackEvent('Untyped', {
    eventData: (context) => {
      expectTypeOf(context.result).toBeAny();
      expectTypeOf(context.executionContext).toEqualTypeOf<ExecutionContext>();
      return {};
    },
  });
  TrackEvent(TypedLook, {
    eventData: (context: TrackEventContext<CartLine>) => {
      expectTypeOf(context.result).toEqualTypeOf<CartLine>();
      expectTypeOf(context.request).toBeAny();
      return {};
    },
  });
}
