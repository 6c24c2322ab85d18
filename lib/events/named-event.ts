import type { DataField } from './event-class.js';
import type { TrackEventInput } from './track-event-input.js';
import type { EventDataOf } from './webengage-events.js';

/** One custom event whose attributes are those that `WebEngageEvents` says of its name, if it says any. */
export type NamedEvent<Name extends string> = Omit<TrackEventInput, 'eventName' | 'eventData'> & {
  readonly eventName: Name;
} & DataField<EventDataOf<Name>>;
