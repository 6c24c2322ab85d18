import type { Schema } from '../openapi.types.js';

export const classNames: Schema = { type: 'array', items: { type: 'string' }, examples: [['AddedToCart']] };
