import type { AttributeType } from '../../../events/constraints/attribute-type.js';
import type { Schema } from '../openapi.types.js';

const TYPES: Readonly<Record<AttributeType, true>> = {
  String: true,
  Number: true,
  Boolean: true,
  Date: true,
  'JSON Array': true,
  'JSON Object': true,
};

export const attributeType: Schema = { type: 'string', enum: Object.keys(TYPES) };
