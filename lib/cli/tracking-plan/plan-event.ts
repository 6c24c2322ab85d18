import type { AttributeType } from '../../events/constraints/attribute-type.js';

/** An attribute as the tracking plan tells of it. */
export interface PlanAttribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly isOptional: boolean;
  readonly description: string | undefined;
  /** A value as it goes over the wire, in text. */
  readonly example: string | undefined;
  /** What its value holds or, where it is a JSON Array, each item of it; empty where no class says it. */
  readonly within: readonly PlanAttribute[];
  /** Whether a class says it, but it is not told of: a class that holds itself would have no end. */
  readonly isCut: boolean;
}

/** An attribute that no class declares. */
export interface UndeclaredAttribute {
  readonly name: string;
  readonly type: AttributeType;
}

/** An event as the tracking plan tells of it. */
export interface PlanEvent {
  readonly eventName: string;
  /** Empty where no class declares it. */
  readonly classes: readonly string[];
  readonly description: string | undefined;
  readonly attributes: readonly PlanAttribute[];
  readonly undeclared: readonly UndeclaredAttribute[];
}
