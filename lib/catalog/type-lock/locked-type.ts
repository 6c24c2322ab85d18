import type { AttributeType } from '../../events/constraints/attribute-type.js';

/** The data type of one attribute of one event. */
export interface LockedType {
  readonly eventName: string;
  readonly attribute: string;
  readonly type: AttributeType;
}
