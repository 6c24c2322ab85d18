import { describeValue, plainText, quote } from '../common/describe-value.js';
import type { AttributeType } from '../events/constraints/attribute-type.js';
import { overfullTypes } from '../events/constraints/attributes-per-type.constraint.js';
import type { EventType } from '../events/event-class.js';
import type { CatalogEvent, CatalogProblem, CatalogReading } from './catalog-event.js';
import { isEventClass } from './event-class/event-class-metadata.js';
import { Mappings } from './event-class/mappings.js';
import { readEventClass } from './event-class/read-event-class.js';

/**
 * Reads event classes and checks them against WebEngage's rules: names, types, the 25 attributes of each type that an
 * event may have, and that classes for one event agree. All that is wrong is told at once. Never throws.
 *
 * @param placeOf where what is no class stands, for messages
 */
export function readCatalog(
  classes: readonly unknown[],
  placeOf: (index: number) => string = (index) => `[${index}]`,
): CatalogReading {
  const mappings = new Mappings();
  const definitions = [...new Set(classes)]
    .filter((given): given is EventType => isEventClass(given))
    .map((eventClass) => readEventClass(eventClass, mappings));
  const events = definitions.map(({ event }) => event);
  return {
    events,
    problems: [
      ...classes.flatMap((given, index) => (isEventClass(given) ? [] : [noEventClass(given, placeOf(index))])),
      ...definitions.flatMap(({ problems }) => problems),
      ...[...groupByName(events).values()].flatMap(problemsBetween),
    ],
  };
}

function noEventClass(given: unknown, place: string): CatalogProblem {
  if (typeof given === 'function') {
    return { place: plainText(given.name) || place, message: 'has no @WebEngageEvent()' };
  }
  const hint = given === undefined ? ': do files import one another in a circle?' : '';
  return {
    place,
    message: `must be a class with @WebEngageEvent(), but is ${describeValue(given)}${hint}`,
  };
}

function groupByName(events: readonly CatalogEvent[]): Map<string, CatalogEvent[]> {
  const groups = new Map<string, CatalogEvent[]>();
  for (const event of events) groups.set(event.eventName, [...(groups.get(event.eventName) ?? []), event]);
  return groups;
}

/** What is wrong with several classes for one event, beyond what is wrong with each of them. */
function problemsBetween(events: readonly CatalogEvent[]): CatalogProblem[] {
  if (events.length < 2) return [];
  const problems: CatalogProblem[] = [];
  const declared = new Map<string, { place: string; type: AttributeType }>();
  for (const { className, eventName, attributes } of events) {
    for (const { name, property, type } of attributes) {
      const place = `${className}.${property}`;
      const other = declared.get(name);
      if (other === undefined) declared.set(name, { place, type });
      else if (other.type !== type) {
        const both = `is a ${type}, but ${other.place}, for the same event, makes it a ${other.type}`;
        problems.push({ place, message: `${quote(eventName)}: the attribute ${quote(name)} ${both}` });
      }
    }
  }
  return [...problems, ...tooManyTogether(events, [...declared.values()])];
}

function tooManyTogether(
  events: readonly CatalogEvent[],
  declared: readonly { type: AttributeType }[],
): CatalogProblem[] {
  const place = events.map(({ className }) => className).join(', ');
  const alone = events.flatMap(({ attributes }) => overfullTypes(attributes.map(({ type }) => type)));
  return overfullTypes(declared.map(({ type }) => type))
    .filter(({ type }) => !alone.some((overfull) => overfull.type === type))
    .map(({ problem }) => ({ place, message: `the event of these classes ${problem}` }));
}
