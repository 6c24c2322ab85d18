// @ts-check
// The entry of /api: draws what /api/openapi.json says.
import { byId, el } from '../common/dom.js';
import { snippet } from '../common/snippet.js';
import { asJson, asText, entriesOf } from '../common/format.js';
import { request } from '../common/http.js';
import { contentSample, curlLine, examplePath, operationsByTag, resolve, typeName } from './openapi.js';

/** @typedef {import('./openapi.js').Schema} Schema */
/** @typedef {import('./openapi.js').Operation} Operation */

try {
  draw(await request('GET', '/api/openapi.json'));
} catch (error) {
  byId('description').textContent = asText(Object(error).message);
}

/** @param {Schema} document */
function draw(document) {
  byId('title').textContent = document.info?.title ?? 'API';
  byId('description').textContent = document.info?.description ?? '';
  for (const [tag, operations] of operationsByTag(document)) {
    if (operations.length === 0) continue;
    const id = `tag-${tag.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const about = document.tags?.find((/** @type {Schema} */ one) => one.name === tag)?.description ?? '';
    const entries = operations.map((operation) => operationView(document, operation));
    byId('contents').append(el('a', { href: `#${id}` }, tag));
    byId('operations').append(el('h2', { id }, tag), el('p', { class: 'muted' }, ...prose(about)), ...entries);
  }
}

/** @param {Schema} document @param {Operation} operation */
function operationView(document, operation) {
  const { method, path, about } = operation;
  const summary = el('summary', {});
  summary.append(el('span', { class: 'method', 'data-method': method }, method), el('code', { class: 'path' }, path));
  summary.append(el('span', { class: 'muted' }, about.summary ?? ''));
  const body = el('div', { class: 'operation-body' });
  if (about.description) body.append(el('p', {}, ...prose(about.description)));
  body.append(...tryIt(document, operation), ...parametersView(document, operation));
  body.append(...bodyView(document, operation), ...responsesView(document, operation));
  return el('details', { class: 'operation' }, summary, body);
}

/** @param {Schema} document @param {Operation} operation */
function tryIt(document, operation) {
  const parts = [el('h3', {}, 'Try it'), snippet(curlLine(document, operation))];
  if (operation.method !== 'GET') return parts;
  const path = examplePath(document, operation);
  return [...parts, el('p', {}, el('a', { href: path, target: '_blank', rel: 'noopener' }, `Open ${path}`))];
}

/** @param {Schema} document @param {Operation} operation */
function parametersView(document, { parameters }) {
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter) => {
    const needed = parameter.required ? `${parameter.in}, required` : parameter.in;
    return [parameter.name, needed, typeName(document, parameter.schema), described(parameter)];
  });
  return [el('h3', {}, 'Parameters'), table(['Name', 'In', 'Type', 'Meaning'], rows)];
}

/** @param {Schema} document @param {Operation} operation */
function bodyView(document, { about }) {
  const body = resolve(document, about.requestBody);
  const schema = body.content?.['application/json']?.schema;
  if (!schema) return [];
  const parts = [el('h3', {}, `Body: ${typeName(document, schema)}`), ...propertiesView(document, schema)];
  const example = contentSample(document, body.content);
  return [...parts, el('h3', {}, 'Example'), el('pre', { tabindex: 0 }, asJson(example, 2))];
}

/** @param {Schema} document @param {Schema} schema */
function propertiesView(document, schema) {
  const resolved = resolve(document, schema);
  const rows = entriesOf(resolved.properties).map(([name, value]) => {
    const property = /** @type {Schema} */ (value);
    const needed = resolved.required?.includes(name) ? 'required' : '';
    return [name, needed, typeName(document, property), described({ ...resolve(document, property), ...property })];
  });
  return rows.length === 0 ? [] : [table(['Field', '', 'Type', 'Meaning'], rows)];
}

/** @param {Schema} document @param {Operation} operation */
function responsesView(document, { about }) {
  /** @type {HTMLElement[]} */
  const parts = [el('h3', {}, 'Answers')];
  const rows = Object.entries(about.responses ?? {}).map(([status, given]) => {
    const response = resolve(document, given);
    const [media] = entriesOf(response.content);
    const schema = /** @type {Schema | undefined} */ (media?.[1])?.schema;
    return [status, media?.[0] ?? 'no body', typeName(document, schema), response.description ?? ''];
  });
  parts.push(table(['Status', 'Content', 'Type', 'Meaning'], rows));
  const success = Object.entries(about.responses ?? {}).find(([status]) => status.startsWith('2'));
  const example = success && contentSample(document, resolve(document, success[1]).content);
  if (example !== undefined) parts.push(el('h3', {}, 'Example answer'), el('pre', { tabindex: 0 }, asJson(example, 2)));
  return parts;
}

/** @param {Schema} node */
function described(node) {
  const preset = node.default ?? node.schema?.default;
  const text = node.description ?? '';
  return preset === undefined ? text : `${text} Default: ${asText(preset)}.`.trim();
}

/** What stands between backticks is code. @param {string} text */
function prose(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? el('code', {}, part) : part));
}

/** @param {string[]} heads @param {string[][]} rows */
function table(heads, rows) {
  const head = el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)));
  const lines = rows.map((cells) => el('tr', {}, ...cells.map((text) => el('td', {}, ...prose(text)))));
  return el('div', { class: 'table-scroll' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...lines)));
}
