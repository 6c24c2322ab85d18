import { toTypesByEvent } from '../../catalog/lock-file/event-types.js';
import type { LockFile } from '../../catalog/lock-file/lock-file.js';

/** `3 events, 14 attributes`. */
export function describeSize(lockFile: LockFile): string {
  const events = [...toTypesByEvent(lockFile).values()];
  const attributes = events.reduce((sum, event) => sum + event.attributes.size + event.undeclared.size, 0);
  return `${countOf(events.length, 'event')}, ${countOf(attributes, 'attribute')}`;
}

/** `1 event`, `2 events`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
