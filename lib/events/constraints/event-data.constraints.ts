import { describeValue } from '../../common/describe-value.js';
import type { JsonObject, JsonValue } from '../event-data.js';
import { attributeTypeOf } from './attribute-type.js';
import { overfullTypes } from './attributes-per-type.constraint.js';
import { shorterThan } from './length.constraints.js';
import { limits } from './limits.js';
import { attributeName } from './name.constraints.js';
import { setOwn } from './set-own.js';
import { ValueReader } from './value-reader.js';
import { type Constraint, violation, type Violation } from './violation.js';

const attributeString: readonly Constraint<string>[] = [shorterThan(limits.stringLength)];

type Attributes = Readonly<Record<string, unknown>>;

/** What came of reading `eventData`: its JSON copy, what is wrong with it, and whether it outgrew the bytes allowed. */
export interface EventDataReading {
  readonly data: JsonObject;
  readonly violations: readonly Violation[];
  readonly outgrown: boolean;
}

/** Reads an event's attributes once, checks them against WebEngage's rules and copies them as JSON values. */
export function readEventData(
  value: unknown,
  path = 'eventData',
  maxBytes: number = limits.eventBytes,
): EventDataReading {
  const reader = new ValueReader(path, value, maxBytes);
  const data: JsonObject = {};
  try {
    if (attributeTypeOf(value) === 'JSON Object') readAttributes(reader, value as Attributes, data, path);
    else reader.report('type', `must be a plain object of attributes by name, but is ${describeValue(value)}`);
  } catch (error) {
    reader.recover(error);
  }
  return { data, violations: reader.violations, outgrown: reader.outgrown };
}

function readAttributes(reader: ValueReader, attributes: Attributes, data: JsonObject, path: string): void {
  const names = Object.keys(attributes);
  for (const name of names) {
    reader.turnTo(name);
    try {
      readAttribute(reader, attributes, name, data);
    } catch (error) {
      if (!reader.recover(error)) break;
    }
  }
  // Nearly every event has so few attributes that they need no counting.
  if (names.length > limits.attributesPerType) {
    reader.violations.push(...attributesPerTypeViolations(data, names, path));
  }
}

function readAttribute(reader: ValueReader, attributes: Attributes, name: string, data: JsonObject): void {
  const given = attributes[name];
  if (given === undefined) return;
  reader.spendName(name);
  reader.check(name, attributeName);
  const value = reader.read(given);
  if (value === undefined) return;
  if (typeof value === 'string') reader.check(value, attributeString);
  setOwn(data, name, value);
}

/** The rules of one attribute as it arrives over the wire, however large it is. */
export function attributeViolations(name: string, value: JsonValue | null): readonly Violation[] {
  return readEventData({ [name]: value }, 'eventData', Infinity).violations;
}

function attributesPerTypeViolations(data: JsonObject, names: readonly string[], path: string): Violation[] {
  const types = names
    // What broke a rule of its value was not copied.
    .map((name) => (Object.hasOwn(data, name) ? attributeTypeOf(data[name]) : undefined))
    .filter((type) => type !== undefined);
  return overfullTypes(types).map(({ problem }) => violation(path, 'attributesPerType', problem));
}
