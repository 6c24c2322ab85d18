/** The injection token of what checks a module's options: `resolveOptions`, unless a test puts another in its place. */
export const RESOLVE_OPTIONS = Symbol('WebEngageResolveOptions');
