import { overfullTypes } from '../../events/constraints/attributes-per-type.constraint.js';
import { toTypesByEvent } from './event-types.js';
import type { LockFile } from './lock-file.js';

/** More attributes of one type than WebEngage keeps of an event. */
export interface PassedLimit {
  readonly eventName: string;
  /** What is wrong, worded so that the event's name can stand before it. */
  readonly problem: string;
}

/** The limits of 25 attributes of a type that events of a lock file pass, undeclared attributes counted. */
export function passedLimits(lockFile: LockFile): PassedLimit[] {
  return [...toTypesByEvent(lockFile)].flatMap(([eventName, { attributes, undeclared }]) => {
    const types = new Map([...undeclared, ...attributes]);
    return overfullTypes([...types.values()]).map(({ problem }) => ({ eventName, problem }));
  });
}
