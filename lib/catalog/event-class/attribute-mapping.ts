import type { AnyClass } from '../../common/any-class.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { AttributeMetadata } from './event-class-metadata.js';

/** One property of a class and the attribute that it stands for. */
export interface MappedAttribute {
  readonly name: string;
  readonly property: string;
  readonly type: AttributeType | undefined;
  readonly isOptional: boolean;
  /** How the value, or each item of it, is mapped itself; undefined where it is taken as it is. */
  readonly nested: AttributeMapping | undefined;
  readonly metadata: AttributeMetadata;
}

/** How the properties of a class become attributes. */
export interface AttributeMapping {
  readonly mappedClass: AnyClass;
  readonly attributes: readonly MappedAttribute[];
  /** The properties that stand for attributes. */
  readonly properties: ReadonlySet<string>;
  /** Whether decorators of class-validator stand on it. */
  readonly hasValidators: boolean;
}
