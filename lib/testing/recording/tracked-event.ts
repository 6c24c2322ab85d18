import type { EventBody } from '../../events/read-event.js';

/** An event as WebEngage would have received it, and the id of its receipt. Frozen, with all that is in it. */
export type TrackedEvent = EventBody & { readonly requestId: string };

export function toTrackedEvent(json: string, requestId: string): TrackedEvent {
  const body = JSON.parse(json, (_name, value: unknown) => Object.freeze(value)) as EventBody;
  return Object.freeze({ ...body, requestId });
}
