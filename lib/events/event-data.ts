/**
 * An attribute's value: a String, Number, Boolean or Date, or a JSON Array or JSON Object of such values. What the type
 * of an object cannot say (no null, Map or class instance within) is checked when the event is tracked.
 */
export type AttributeValue = string | number | boolean | object;

/**
 * An event's attributes by name. Names are case sensitive, shorter than 50 characters and do not start with `we_`;
 * an attribute whose value is undefined is left out.
 */
export interface EventData {
  readonly [attribute: string]: AttributeValue | undefined;
}

/** A value as it goes over the wire. */
export type JsonValue = string | number | boolean | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}
