import { quote } from '../../common/describe-value.js';
import { EVENT_FIELDS } from '../../events/read-event.js';
import { mostAlike } from '../../matching/alike-names.js';
import type { Finding } from './sandbox-arrival.js';

const KNOWN_FIELDS: readonly string[] = EVENT_FIELDS;
const MAX_FIELDS = 10;

/** The fields of an event that WebEngage ignores, for it knows no such field. */
export function unknownFieldsOf(event: unknown): string[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return [];
  return Object.keys(event)
    .filter((field) => !KNOWN_FIELDS.includes(field))
    .slice(0, MAX_FIELDS);
}

/** The event is taken in without it: what stands there is lost all the same. */
export function unknownFieldFinding(field: string): Finding {
  const alike = mostAlike(field, KNOWN_FIELDS);
  const hint = alike === undefined ? 'Attributes belong into eventData.' : `Did you mean ${alike}?`;
  return {
    path: quote(field),
    rule: 'unknownField',
    message: `${quote(field)} is no field of an event: WebEngage ignores it`,
    fix: `${hint} The fields are ${KNOWN_FIELDS.join(', ')}.`,
  };
}
