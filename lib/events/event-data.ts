/** A value that WebEngage has a data type for: String, Number, Boolean, Date, JSON Array, JSON Object. */
export type AttributeValue =
  string | number | boolean | Date | readonly AttributeValue[] | { readonly [name: string]: AttributeValue };

/**
 * An event's attributes by name. Names are case sensitive, shorter than 50 characters and do not start with `we_`;
 * an attribute whose value is undefined is left out.
 */
export interface EventData {
  readonly [attribute: string]: AttributeValue | undefined;
}

/** A value as it goes over the wire. */
export type JsonValue = string | number | boolean | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };
