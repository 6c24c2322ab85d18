import { describeValue } from '../../common/describe-value.js';
import type { JsonObject, JsonValue } from '../event-data.js';
import { type AttributeType, attributeTypeOf } from './attribute-type.js';
import { shorterThan } from './length.constraints.js';
import { limits } from './limits.js';
import { attributeNameViolations } from './name.constraints.js';
import { setOwn, ValueReader } from './value-reader.js';
import { type Constraint, violation, type Violation, violationsOf } from './violation.js';

const attributeString: readonly Constraint<string>[] = [shorterThan(limits.stringLength)];

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
  const reader = new ValueReader(path, maxBytes);
  const data: JsonObject = {};
  const counts = new Map<AttributeType, number>();
  reader.step(() => {
    if (attributeTypeOf(value) !== 'JSON Object') {
      reader.report('type', `must be a plain object of attributes by name, but is ${describeValue(value)}`);
      return;
    }
    const attributes = value as Record<string, unknown>;
    reader.within(attributes, () => {
      for (const name of Object.keys(attributes)) {
        if (!reader.step(() => readAttribute(reader, attributes, name, data, counts))) break;
      }
    });
  });
  return {
    data,
    violations: [...reader.violations, ...attributesPerTypeViolations(counts, path)],
    outgrown: reader.outgrown,
  };
}

function readAttribute(
  reader: ValueReader,
  attributes: Record<string, unknown>,
  name: string,
  data: JsonObject,
  counts: Map<AttributeType, number>,
): void {
  reader.at(name, () => {
    const given = attributes[name];
    if (given === undefined) return;
    reader.spendName(name);
    reader.violations.push(...attributeNameViolations(name, () => reader.path));
    const value = reader.read(given);
    if (value === undefined) return;
    if (typeof value === 'string') reader.violations.push(...violationsOf(value, attributeString, () => reader.path));
    const type = attributeTypeOf(value);
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
    setOwn(data, name, value);
  });
}

/** The rules of one attribute as it arrives over the wire. */
export function attributeViolations(name: string, value: JsonValue | null): readonly Violation[] {
  return readEventData({ [name]: value }).violations;
}

function attributesPerTypeViolations(counts: ReadonlyMap<AttributeType, number>, path: string): Violation[] {
  return [...counts]
    .filter(([, count]) => count > limits.attributesPerType)
    .map(([type, count]) =>
      violation(
        path,
        'attributesPerType',
        `must have at most ${limits.attributesPerType} attributes of type ${type}, but has ${count}`,
      ),
    );
}
