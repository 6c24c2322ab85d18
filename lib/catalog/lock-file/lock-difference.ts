import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { PassedLimit } from './passed-limits.js';

interface OfEvent {
  readonly eventName: string;
}

interface OfAttribute extends OfEvent {
  readonly attribute: string;
  readonly type: AttributeType;
}

interface InCode {
  /** Where the code declares it: `AddedToCart.price`. */
  readonly place: string;
}

/** Something in which the code differs from its lock file. */
export type LockDifference =
  | (OfEvent & { readonly kind: 'event added' | 'event removed'; readonly classes: readonly string[] })
  | (OfEvent & { readonly kind: 'event renamed'; readonly newName: string; readonly classes: readonly string[] })
  | (OfEvent & {
      readonly kind: 'classes changed';
      readonly classes: readonly string[];
      /** Those in the lock file. */
      readonly locked: readonly string[];
    })
  | (OfAttribute & InCode & { readonly kind: 'attribute added' })
  /** The lock file has it, of the same type, but as one that no class declares. */
  | (OfAttribute & InCode & { readonly kind: 'attribute declared' })
  | (OfAttribute & { readonly kind: 'attribute removed' })
  | (OfAttribute & InCode & { readonly kind: 'attribute renamed'; readonly newName: string })
  | (OfAttribute &
      InCode & {
        readonly kind: 'type changed';
        readonly locked: AttributeType;
        /** Whether the lock file has it as one that no class declares. */
        readonly isUndeclared: boolean;
      })
  | (PassedLimit & { readonly kind: 'limit passed' });

/** What may be done about a difference: write the lock file, with a permission or without, or mend the code. */
export type Remedy = 'lock' | 'retire' | 'change types' | 'mend';

const REMEDIES: Readonly<Record<LockDifference['kind'], Remedy>> = {
  'event added': 'lock',
  'event removed': 'retire',
  'event renamed': 'retire',
  'classes changed': 'lock',
  'attribute added': 'lock',
  'attribute declared': 'lock',
  'attribute removed': 'retire',
  'attribute renamed': 'retire',
  'type changed': 'change types',
  'limit passed': 'mend',
};

export function remedyOf({ kind }: LockDifference): Remedy {
  return REMEDIES[kind];
}
