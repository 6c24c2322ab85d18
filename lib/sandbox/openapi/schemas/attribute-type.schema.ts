import { ATTRIBUTE_TYPES } from '../../../events/constraints/attribute-type.js';
import type { Schema } from '../openapi.types.js';

export const attributeType: Schema = { type: 'string', enum: [...ATTRIBUTE_TYPES] };
