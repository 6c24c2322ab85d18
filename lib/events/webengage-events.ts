import type { EventData } from './event-data.js';

/**
 * The events of your application and their attributes, for you to augment. What it holds types `track()` and
 * `@TrackEvent()` by the event's name; other names stay untyped, so that a catalog can grow event by event. It is for
 * the compiler alone: classes with `@WebEngageEvent()` are checked at boot and when they are tracked, too.
 *
 * @example
 * declare module 'nestjs-webengage' {
 *   interface WebEngageEvents {
 *     'Added to Cart': { 'Product ID': number; Price: number; Coupon?: string };
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what users augment begins empty
export interface WebEngageEvents {}

/** The attributes of an event by its name: those that `WebEngageEvents` says, or any. */
export type EventDataOf<Name extends string> = Name extends keyof WebEngageEvents ? WebEngageEvents[Name] : EventData;
