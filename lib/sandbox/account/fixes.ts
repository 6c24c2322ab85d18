import { limits } from '../../events/constraints/limits.js';
import type { Rule, Violation } from '../../events/constraints/violation.js';
import type { Drop } from '../arrivals/sandbox-event.js';

const TYPES = 'String, Number, Boolean, Date, JSON Array or JSON Object';

/** What to do about each rule that was broken. */
const FIXES: Readonly<Record<Rule, string>> = {
  required: 'Give the event this field.',
  type: 'Send a value of the type that the message names.',
  blank: 'Give it a name with visible characters.',
  length:
    `Shorten it: names have at most ${limits.nameLength - 1} characters, users' identifiers ` +
    `${limits.userIdentifierLength}, Strings ${limits.stringLength - 1}.`,
  reservedPrefix: 'Choose a name that does not begin with "we_": WebEngage keeps that prefix for itself.',
  systemEvent: 'Choose another name: system events are made by WebEngage alone.',
  dateFormat: 'Write it like 2018-09-15T18:29:00-0800: no milliseconds, no Z, no colon in the offset.',
  dataType: `Send a ${TYPES}; leave the attribute out where there is no value.`,
  attributesPerType: `Send at most ${limits.attributesPerType} attributes of one type with an event.`,
  typeConflict: 'Send the type that the attribute has had so far: it never changes.',
  validator: 'Send a value that the event class allows.',
  cycle: 'Send a value that does not hold itself.',
  nestingLevels: 'Flatten the value.',
  unreadable: 'Send a value that can be read.',
  eventBytes: 'Send less with one event.',
};

/** The violation as something that WebEngage drops, and what to do about it. */
export function toDrop(violation: Violation): Drop {
  return { ...violation, fix: FIXES[violation.rule] };
}
