import { describeValue, plainText } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import { EventValidationError } from '../errors/event-validation.error.js';
import { setOwn } from '../events/constraints/set-own.js';
import { unreadableViolation, violation } from '../events/constraints/violation.js';
import type { EventType } from '../events/event-class.js';
import type { EventClasses, PlainEvent } from '../events/event-classes.js';
import type { JsonObject } from '../events/event-data.js';
import { isEventField } from '../events/read-event.js';
import type { TrackEventInput } from '../events/track-event-input.js';
import type { AttributeMapping } from './event-class/attribute-mapping.js';
import { isEventClass } from './event-class/event-class-metadata.js';
import { ValueMapper } from './event-class/map-values.js';
import { Mappings } from './event-class/mappings.js';
import { type EventDefinition, readEventClass } from './event-class/read-event-class.js';
import type { AttributeTypeLock } from './type-lock/attribute-type-lock.js';

/** Properties of a class that are not attributes, and are told of. */
const MAX_LEFT_OUT_TOLD = 10;

type Subject = Partial<Record<keyof TrackEventInput, unknown>>;

/** The event classes of one account: those that were declared to it at boot, and any other from its first event on. */
export class EventCatalog implements EventClasses {
  private readonly mappings = new Mappings();
  private readonly definitions = new Map<EventType, EventDefinition>();
  private readonly told = new Map<AttributeMapping, Set<string>>();

  constructor(
    private readonly maxEventBytes: number,
    private readonly typeLock: Pick<AttributeTypeLock, 'fix'>,
    private readonly log: Log,
  ) {}

  /** Reads a class, if it was not read before, and locks the types that it declares. */
  declare(eventClass: EventType): EventDefinition {
    const known = this.definitions.get(eventClass);
    if (known) return known;
    const definition = readEventClass(eventClass, this.mappings);
    this.definitions.set(eventClass, definition);
    const { eventName, className, attributes } = definition.event;
    for (const { name, type } of attributes) {
      this.typeLock.fix({ eventName, attribute: name, type }, 'declared', `${className} declares it`);
    }
    return definition;
  }

  ofClass(eventClass: EventType, event: unknown): PlainEvent {
    const definition = this.definitionOf(eventClass);
    const subject = event as Subject;
    const { eventData = {} } = readable('eventData', definition, () => ({ eventData: subject.eventData }));
    if (typeof eventData !== 'object' || eventData === null) {
      throw refused(
        'eventData',
        `must be an object of values by property, but is ${describeValue(eventData)}`,
        definition,
      );
    }
    return this.plainEvent(definition, () => new eventClass(eventData as never), subject);
  }

  ofInstance(instance: unknown, subject: unknown): PlainEvent {
    // Not its own field of this name: an instance may hold a request's body.
    const prototype = readable('event', undefined, () => Object.getPrototypeOf(Object(instance)) as object | null);
    const definition = this.definitionOf(prototype?.constructor ?? instance);
    return this.plainEvent(definition, () => instance as object, subject as Subject);
  }

  private definitionOf(eventClass: unknown): EventDefinition {
    if (!isEventClass(eventClass)) {
      const actual = typeof eventClass === 'function' ? plainText(eventClass.name) : describeValue(eventClass);
      throw refused('event', `must be a class with @WebEngageEvent(), or an instance of one, but is ${actual}`);
    }
    const isKnown = this.definitions.has(eventClass);
    const definition = this.declare(eventClass);
    if (!isKnown) this.reportProblems(definition);
    return definition;
  }

  private plainEvent(definition: EventDefinition, makeValues: () => object, subject: Subject): PlainEvent {
    const { eventName } = definition.event;
    const mapper = new ValueMapper(this.maxEventBytes, this.leftOut);
    const eventData = readable('eventData', definition, () => {
      const values = makeValues();
      return mapper.map(definition.mapping, values, 'eventData');
    });
    const event = readable('event', definition, () => eventAbout(subject, eventName, eventData));
    return { event, findings: mapper.violations };
  }

  /** Tells what an object has beside its attributes; at most ten of them for each class, for they may be anybody's. */
  private readonly leftOut = (mapping: AttributeMapping, values: object): void => {
    for (const property of Object.keys(values)) {
      if (mapping.properties.has(property)) continue;
      const told = this.told.get(mapping) ?? new Set();
      if (told.has(property) || told.size >= MAX_LEFT_OUT_TOLD) continue;
      this.told.set(mapping, told.add(property));
      const { name } = mapping.mappedClass;
      this.log.warn(`${name}.${plainText(property)} has no @EventAttribute(): it is left out`);
    }
  };

  /** Of a class that nobody declared at boot: there it would have ended the start. */
  private reportProblems({ event: { className }, problems }: EventDefinition): void {
    if (problems.length === 0) return;
    const listed = problems.map(({ place, message }) => `${place}: ${message}`).join('; ');
    this.log.error(`${className} was not given to WebEngageModule.forFeature(), and is declared wrongly: ${listed}`);
  }
}

/** What users' objects answer, if they do not throw. */
function readable<Answer>(path: string, definition: EventDefinition | undefined, read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    throw new EventValidationError([unreadableViolation(path, error)], definition?.event.eventName);
  }
}

/** One shape for every event: objects put together by spreading are slow to make, and slow to read. */
function eventAbout(subject: Subject, eventName: string, eventData: unknown): TrackEventInput {
  const { userId, anonymousId, eventTime } = subject;
  const event = { userId, anonymousId, eventName, eventTime, eventData };
  for (const field of Object.keys(subject)) {
    // What WebEngage does not know is remarked on where events are read.
    if (!isEventField(field)) setOwn(event as JsonObject, field, true);
  }
  return event as unknown as TrackEventInput;
}

function refused(path: string, problem: string, definition?: EventDefinition): EventValidationError {
  return new EventValidationError([violation(path, 'type', problem)], definition?.event.eventName);
}
