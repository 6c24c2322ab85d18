import { expectTypeOf } from 'expect-type';
import {
  type EventDataOf,
  type EventOf,
  type EventsService,
  TrackEventDto,
  type TrackEventInput,
  type TrackReceipt,
  type ValuesOf,
} from 'nestjs-webengage';
import { anyString, events, TypedCart, TypedItem, TypedLook, TypedWish } from './typed-events.js';

// Never called: it is for the compiler to read.
export function rightEventsOfClasses() {
  expectTypeOf(
    events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2 } }),
  ).resolves.toEqualTypeOf<TrackReceipt>();
  void events.track(TypedCart, {
    userId: '1',
    eventData: { productId: 1, price: 2, items: [{ sku: 'a' }, { sku: 'b', count: 1 }] },
  });
  void events.track(TypedCart, {
    anonymousId: '1',
    eventTime: new Date(),
    eventData: { productId: 1, price: 2, coupon: undefined },
  });
  void events.track(TypedCart, { userId: '1', eventData: new TypedCart({ productId: 1, price: 2 }) });
  void events.track(TypedLook, { userId: '1' });
  void events.track(TypedLook, { userId: '1', eventData: {} });
  void events.track(TypedLook, { userId: '1', eventData: { page: '/' } });
  void events.track(TypedWish, { userId: '1', eventData: { productId: 1 } });
  const values = { productId: 1, price: 2, other: 'may be more in a variable' };
  void events.track(TypedCart, { userId: '1', eventData: values });
}

export function wrongEventsOfClasses() {
  // @ts-expect-error there is no such attribute
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, prise: 3 } });
  // @ts-expect-error WebEngage's name is not the property's
  void events.track(TypedCart, { userId: '1', eventData: { 'Product ID': 1, price: 2 } });
  // @ts-expect-error another type
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: '2' } });
  // @ts-expect-error another type in an optional attribute
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, coupon: 5 } });
  // @ts-expect-error a time is no Date
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, deliveryBy: '2026-01-01' } });
  // @ts-expect-error null is no value of this attribute
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: null } });
  // @ts-expect-error an attribute is missing
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1 } });
  // @ts-expect-error eventData is missing
  void events.track(TypedCart, { userId: '1' });
  // @ts-expect-error a nested attribute is missing
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, items: [{ count: 1 }] } });
  // @ts-expect-error a nested attribute has another type
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, items: [{ sku: 1 }] } });
  // @ts-expect-error one item is no array of them
  void events.track(TypedCart, { userId: '1', eventData: { productId: 1, price: 2, items: { sku: 'a' } } });
  // @ts-expect-error the class knows the name
  void events.track(TypedCart, { userId: '1', eventName: 'Typed Cart', eventData: { productId: 1, price: 2 } });
  // @ts-expect-error a field that there is not
  void events.track(TypedCart, { userID: '1', eventData: { productId: 1, price: 2 } });
  // @ts-expect-error whom it is about is missing altogether
  void events.track(TypedCart);
  // @ts-expect-error an attribute of another type where none is mandatory
  void events.track(TypedLook, { userId: '1', eventData: { page: 1 } });
  // @ts-expect-error there is no such attribute where none is mandatory
  void events.track(TypedLook, { userId: '1', eventData: { pages: '/' } });
}

export function rightInstances() {
  void events.track(new TypedCart({ productId: 1, price: 2 }), { userId: '1' });
  void events.track(new TypedCart({ productId: 1, price: 2, items: [{ sku: 'a' }], deliveryBy: new Date() }), {});
  void events.track(new TypedLook({}), { userId: '1' });
  void events.track(new TypedWish(), { anonymousId: '1', eventTime: '2026-01-01T00:00:00Z' });
}

export function wrongInstances() {
  // @ts-expect-error there is no such attribute
  void new TypedCart({ productId: 1, price: 2, prise: 3 });
  // @ts-expect-error another type
  void new TypedCart({ productId: '1', price: 2 });
  // @ts-expect-error an attribute is missing
  void new TypedCart({ productId: 1 });
  // @ts-expect-error all are missing
  void new TypedCart();
  // @ts-expect-error a nested attribute has another type
  void new TypedCart({ productId: 1, price: 2, items: [{ sku: 5 }] });
  // @ts-expect-error a method is no value
  void new TypedCart({ productId: 1, price: 2, total: () => 1 });
  // @ts-expect-error whom it is about is missing
  void events.track(new TypedCart({ productId: 1, price: 2 }));
  // @ts-expect-error the attributes are in the instance
  void events.track(new TypedCart({ productId: 1, price: 2 }), { userId: '1', eventData: { price: 2 } });
  // @ts-expect-error a class is no instance
  void events.track(TypedCart, { userId: '1' });
  // @ts-expect-error an instance is no plain event
  void events.track(new TypedItem());
}

export function rightNamedEvents() {
  void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { 'Product ID': 1, Price: 2 } });
  void events.track({
    userId: '1',
    eventName: 'Typed Purchase',
    eventData: { 'Product ID': 1, Price: 2, Coupon: 'x' },
  });
  void events.track({ userId: '1', eventName: 'Typed Visit' });
  void events.track({ userId: '1', eventName: 'Typed Visit', eventData: { Page: '/' } });
  const eventName = 'Typed Purchase';
  void events.track({ userId: '1', eventName, eventData: { 'Product ID': 1, Price: 2 } });
}

export function wrongNamedEvents() {
  // @ts-expect-error there is no such attribute
  void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { 'Product ID': 1, Price: 2, Prise: 3 } });
  // @ts-expect-error names are case sensitive
  void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { 'Product Id': 1, Price: 2 } });
  // @ts-expect-error another type
  void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { 'Product ID': 1, Price: '2' } });
  // @ts-expect-error an attribute is missing
  void events.track({ userId: '1', eventName: 'Typed Purchase', eventData: { Price: 2 } });
  // @ts-expect-error eventData is missing
  void events.track({ userId: '1', eventName: 'Typed Purchase' });
  // @ts-expect-error another type where no attribute is mandatory
  void events.track({ userId: '1', eventName: 'Typed Visit', eventData: { Page: 1 } });
  const eventName = 'Typed Purchase';
  // @ts-expect-error a nested value of another type
  void events.track({ userId: '1', eventName, eventData: { 'Product ID': 1, Price: 2, Items: [{ sku: 1 }] } });
  // @ts-expect-error a field that there is not
  void events.track({ userID: '1', eventName: 'Typed Visit' });
}

export function untypedEvents(
  input: TrackEventInput,
  dto: TrackEventDto,
  more: readonly (TrackEventInput | TrackEventDto)[],
) {
  void events.track({
    userId: '1',
    eventName: 'Untyped',
    eventData: { Anything: 1, Other: ['a', { b: 2 }], At: new Date() },
  });
  void events.track({ userId: '1', eventName: 'Untyped' });
  void events.track({ userId: '1', eventName: anyString, eventData: { Anything: 1 } });
  void events.track({ userId: '1', eventName: anyString });
  void events.track({ userId: '1', eventName: `${anyString} viewed`, eventData: { Page: 1 } });
  void events.track(input);
  void events.track(dto);
  void events.trackMany(more);
  void events.trackMany([input, dto, { userId: '1', eventName: 'Untyped' }]);
  void events.track({ ...input, userId: '2' });
  // @ts-expect-error no event has a name of this type
  void events.track({ userId: '1', eventName: 1 });
  // @ts-expect-error the name is missing
  void events.track({ userId: '1', eventData: {} });
}

/** A function of one's own around track(), as applications have them. */
export function wrapped(service: EventsService, eventName: 'Typed Purchase' | 'Typed Visit') {
  const trackOwn = (own: TrackEventInput): Promise<TrackReceipt> => service.track(own);
  void trackOwn({ userId: '1', eventName, eventData: { Page: '/' } });
  const trackCart = (eventData: ValuesOf<TypedCart>) => service.track(TypedCart, { userId: '1', eventData });
  void trackCart({ productId: 1, price: 2 });
  const trackCartEvent = (event: EventOf<TypedCart>) => service.track(TypedCart, event);
  void trackCartEvent({ userId: '1', eventData: { productId: 1, price: 2 } });
}

export function derivedTypes() {
  expectTypeOf<keyof ValuesOf<TypedCart>>().toEqualTypeOf<'productId' | 'price' | 'coupon' | 'items' | 'deliveryBy'>();
  expectTypeOf<ValuesOf<TypedCart>['coupon']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<ValuesOf<TypedLook>>().toEqualTypeOf<{ page?: string }>();
  expectTypeOf<EventDataOf<'Typed Visit'>>().toEqualTypeOf<{ Page?: string }>();
  expectTypeOf<EventDataOf<string>>().toEqualTypeOf<EventDataOf<'Untyped'>>();
}
