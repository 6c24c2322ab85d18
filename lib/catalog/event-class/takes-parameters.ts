/** What may look like code, but is none. */
const TEXTS_AND_COMMENTS =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
/** A constructor with parameters, rest parameters alone excepted: those are how a compiler hands all of them on. */
const WITH_PARAMETERS = /(?<![.\w$#])constructor\s*\(\s*[^)\s.]/;

/**
 * Whether a class, or one that it extends, has a constructor that takes parameters: it sets its values itself. Its text is
 * asked, too: parameters with defaults do not count in `length`.
 */
export function takesParameters(eventClass: unknown): boolean {
  if (typeof eventClass !== 'function' || eventClass === Function.prototype) return false;
  const text = Function.prototype.toString.call(eventClass).replace(TEXTS_AND_COMMENTS, '');
  return eventClass.length > 0 || WITH_PARAMETERS.test(text) || takesParameters(Object.getPrototypeOf(eventClass));
}
