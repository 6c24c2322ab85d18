// @ts-check
// Builds elements. Text is only ever set as text: nothing here can turn what an app sent into markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes] `true` is an empty attribute, `false` and `undefined` none
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** Text that came from outside, kept apart from the direction of the text around it. @param {string} text @param {string} [extra] */
export function foreign(text, extra = '') {
  return el('span', { class: `foreign ${extra}`.trim(), dir: 'auto' }, text);
}

/** @param {string} label @param {() => void} onClick @param {Record<string, string>} [attributes] */
export function button(label, onClick, attributes = {}) {
  const element = el('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** An element of index.html. @template {HTMLElement} [Kind=HTMLElement] @param {string} id @returns {Kind} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return /** @type {Kind} */ (element);
}

/** Sets the text only when it differs, so that screen readers and layout are left in peace. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
