// @ts-check
// How numbers, times and values are written.

const numbers = new Intl.NumberFormat('en-GB');

/** @param {number} value */
export function count(value) {
  return numbers.format(value);
}

/** @param {number} value @param {string} one @param {string} [many] */
export function plural(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The local time of day: 14:03:07.125. @param {number} time */
export function clockTime(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '–';
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** @param {number} time */
export function fullTime(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '–';
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clockTime(time)}`;
}

/** Any JSON as one line of text: Strings as they are. @param {unknown} value */
export function asText(value) {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : asJson(value);
}

/** @param {unknown} value @param {number} [indent] */
export function asJson(value, indent) {
  try {
    return JSON.stringify(value, null, indent) ?? '';
  } catch {
    return '(nested too deeply to be shown)';
  }
}

/** @param {string} text @param {number} length */
export function clip(text, length) {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** An object's own entries, or none when it is no object. @param {unknown} value @returns {[string, unknown][]} */
export function entriesOf(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A property that the object itself has: names such as `toString` come from apps too. @param {unknown} object @param {string} name @returns {unknown} */
export function own(object, name) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined;
  return /** @type {Record<string, unknown>} */ (object)[name];
}
