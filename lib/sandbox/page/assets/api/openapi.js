// @ts-check
// Reads an OpenAPI document: references, samples, and the lines to try an operation with.
import { entriesOf, own } from '../common/format.js';

/** @typedef {Record<string, any>} Schema */

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const DEEPEST = 6;

/**
 * @typedef {object} Operation
 * @property {string} method in upper case
 * @property {string} path
 * @property {Record<string, any>} about
 * @property {Record<string, any>[]} parameters
 */

/** The operations under each tag, in the document's order. @param {Schema} document @returns {Map<string, Operation[]>} */
export function operationsByTag(document) {
  /** @type {Map<string, Operation[]>} */
  const groups = new Map();
  for (const tag of document.tags ?? []) groups.set(tag.name, []);
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const about = item[method];
      if (!about) continue;
      const parameters = [...(item.parameters ?? []), ...(about.parameters ?? [])].map((one) => resolve(document, one));
      const tag = about.tags?.[0] ?? 'Other';
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, about, parameters }]);
    }
  }
  return groups;
}

/** Follows `$ref`s within the document. @param {Schema} document @param {Schema | undefined} node @returns {Schema} */
export function resolve(document, node) {
  let found = node ?? {};
  for (let depth = 0; depth < DEEPEST && typeof found.$ref === 'string'; depth++) {
    const steps = found.$ref.replace(/^#\//, '').split('/');
    found = /** @type {Schema} */ (steps.reduce((/** @type {unknown} */ at, step) => own(at, step), document) ?? {});
  }
  return found;
}

/** A schema's name: that of its reference, or its type. @param {Schema} document @param {Schema | undefined} schema @returns {string} */
export function typeName(document, schema) {
  if (!schema) return '';
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ one) => JSON.stringify(one)).join(' | ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((/** @type {Schema} */ one) => typeName(document, one)).join(' | ');
  if (schema.type === 'array') return `array of ${typeName(document, schema.items) || 'anything'}`;
  return [schema.type ?? 'any JSON'].flat().join(' | ');
}

/** What a value of a schema may look like. @param {Schema} document @param {Schema | undefined} node @param {number} [depth] @returns {unknown} */
export function sample(document, node, depth = 0) {
  const schema = resolve(document, node);
  const given = schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.const ?? schema.enum?.[0];
  if (given !== undefined || depth > DEEPEST) return given;
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema.allOf?.[0];
  if (choice) return sample(document, choice, depth + 1);
  if (schema.properties) {
    const required = new Set(schema.required ?? Object.keys(schema.properties));
    const wanted = Object.entries(schema.properties).filter(([name]) => required.has(name));
    return Object.fromEntries(wanted.map(([name, property]) => [name, sample(document, property, depth + 1)]));
  }
  if (schema.type === 'array') return [sample(document, schema.items, depth + 1)];
  return (
    new Map(Object.entries({ integer: 1, number: 1, boolean: true, object: {} })).get([schema.type].flat()[0]) ?? 'text'
  );
}

/** The sample of a body's or an answer's JSON. @param {Schema} document @param {Schema | undefined} content */
export function contentSample(document, content) {
  const media = content?.['application/json'];
  if (!media) return undefined;
  const [first] = entriesOf(media.examples);
  return (
    media.example ??
    own(resolve(document, /** @type {Schema} */ (first?.[1])), 'value') ??
    sample(document, media.schema)
  );
}

/** The path with its parameters filled in. @param {Schema} document @param {Operation} operation */
export function examplePath(document, { path, parameters }) {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of parameters) {
    const value = parameter.example ?? sample(document, parameter.schema);
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(String(value)));
    else if (parameter.in === 'query' && parameter.required) query.set(parameter.name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** @param {Schema} document @param {Operation} operation */
export function curlLine(document, operation) {
  const { method, about } = operation;
  const parts = ['curl'];
  if (method !== 'GET') parts.push(`-X ${method}`);
  parts.push(quoted(location.origin + examplePath(document, operation)));
  const body = contentSample(document, resolve(document, about.requestBody).content);
  if (body !== undefined) parts.push(`-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`);
  return parts.join(' ');
}

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
