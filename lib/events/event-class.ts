import type { TrackEventInput } from './track-event-input.js';

/** A class with `@WebEngageEvent()`. */
export type EventType<Event extends object = object> = new (...values: never[]) => Event;

/** An instance of such a class, not the class itself. */
export type EventInstance = object & { readonly prototype?: never };

/** One that can be made of its values, by their properties. */
export type ConstructibleType<Event extends object> = new (values: ValuesOf<Event>) => Event;

type AnyFunction = (...given: never[]) => unknown;

/** The values of an event class by its properties; methods are no values. */
export type ValuesOf<Event> = {
  [Property in keyof Event as Event[Property] extends AnyFunction ? never : Property]: Event[Property];
};

/** `eventData`, which may be left out where nothing in it is mandatory. */
export type DataField<Data, Field = Data> =
  Partial<Data> extends Data ? { readonly eventData?: Field | undefined } : { readonly eventData: Field };

/** Whom an event is about, and when it occurred. */
export type EventSubject = Pick<TrackEventInput, 'userId' | 'anonymousId' | 'eventTime'>;

/** An event of a class: its subject, and the values of its attributes by the class's properties. */
export type EventOf<Event> = EventSubject & DataField<ValuesOf<Event>>;
