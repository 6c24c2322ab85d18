import { quote } from '../common/describe-value.js';
import type { Violation } from '../events/constraints/violation.js';
import { WebEngageError } from './webengage.error.js';

const LISTED_IN_MESSAGE = 10;

/**
 * The event breaks a rule that WebEngage would answer with an error or, worse, with `queued` and silence.
 * Nothing was sent.
 *
 * `violations` holds every broken rule: where it is (`eventData["Price"]`), which rule, and a sentence with the
 * limit and the actual value. With `trackMany()` each path begins with the event's index: `[2].eventData["Price"]`.
 */
export class EventValidationError extends WebEngageError {
  override readonly name = 'EventValidationError';

  constructor(
    readonly violations: readonly Violation[],
    /** The name of the event, if it is a single one that has a name. */
    readonly eventName?: string,
  ) {
    super(summarize(violations, eventName));
  }
}

function summarize(violations: readonly Violation[], eventName: string | undefined): string {
  const event = eventName === undefined ? 'The event' : `The event ${quote(eventName)}`;
  const listed = violations.slice(0, LISTED_IN_MESSAGE).map(({ message }) => message);
  const more = violations.length - listed.length;
  return `${event} breaks WebEngage's rules: ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
