import { Mappings } from '../../catalog/event-class/mappings.js';
import { byName, type EventTypes, NO_TYPES, toTypesByEvent } from '../../catalog/lock-file/event-types.js';
import type { LockFile } from '../../catalog/lock-file/lock-file.js';
import type { EventDeclaration } from '../catalog/code-catalog.js';
import type { DocComments } from '../sources/doc-comments.js';
import { joinAttributes } from './join-attributes.js';
import { AttributePlanner } from './plan-attributes.js';
import type { PlanAttribute, PlanEvent, UndeclaredAttribute } from './plan-event.js';

/**
 * The events of a tracking plan, those of the lock file that no class declares included, in the order of their names.
 *
 * @param comments where descriptions are looked for that the decorators do not give
 */
export function planEvents(
  declarations: readonly EventDeclaration[],
  lockFile: LockFile | undefined,
  comments: DocComments | undefined,
): PlanEvent[] {
  const locked = lockFile ? toTypesByEvent(lockFile) : new Map<string, EventTypes>();
  const events = new Map<string, PlanEvent>();
  for (const declaration of inOrder(declarations)) {
    const { eventName } = declaration.event;
    events.set(eventName, join(events.get(eventName), planEvent(declaration, comments)));
  }
  for (const eventName of locked.keys()) {
    const event = events.get(eventName) ?? { eventName, classes: [], description: undefined, attributes: [] };
    events.set(eventName, { ...event, undeclared: undeclaredOf(event.attributes, locked.get(eventName)) });
  }
  return byName(events).map(([, event]) => event);
}

/** In whatever order the files were found. */
function inOrder(declarations: readonly EventDeclaration[]): EventDeclaration[] {
  const key = ({ event, file }: EventDeclaration): string => `${event.className}\0${file}`;
  return [...declarations].sort((declaration, other) => (key(declaration) < key(other) ? -1 : 1));
}

function planEvent({ event, eventClass, file }: EventDeclaration, comments: DocComments | undefined): PlanEvent {
  const { eventName, className } = event;
  return {
    eventName,
    classes: [className],
    description: event.description ?? comments?.ofClass(file, className),
    attributes: new AttributePlanner(comments).plan(new Mappings().of(eventClass), file),
    undeclared: [],
  };
}

/** One event that several classes declare. */
function join(event: PlanEvent | undefined, other: PlanEvent): PlanEvent {
  if (!event) return other;
  return {
    ...event,
    classes: [...new Set([...event.classes, ...other.classes])],
    description: event.description ?? other.description,
    attributes: joinAttributes(event.attributes, other.attributes),
  };
}

function undeclaredOf(
  declared: readonly PlanAttribute[],
  { attributes, undeclared }: EventTypes = NO_TYPES,
): UndeclaredAttribute[] {
  const names = new Set(declared.map(({ name }) => name));
  return byName(new Map([...undeclared, ...attributes]))
    .filter(([name]) => !names.has(name))
    .map(([name, type]) => ({ name, type }));
}
