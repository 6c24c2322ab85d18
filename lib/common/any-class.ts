/** A class, abstract or not, whatever its constructor takes. */
export type AnyClass = abstract new (...given: never[]) => object;
