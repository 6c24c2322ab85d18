import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ControlApi } from '../../lib/sandbox/control-api/control-api.js';
import { BodyBudget } from '../../lib/sandbox/http/read-body.js';
import { schemaRef } from '../../lib/sandbox/openapi/building-blocks.js';
import { resolveSandboxOptions } from '../../lib/sandbox/resolve-sandbox-options.js';
import { SandboxState } from '../../lib/sandbox/sandbox-state.js';
import { openApiDocument, operations } from './support/document.js';
import { misfits } from './support/fits.js';

/** The server looks handlers up in these; nothing but them is answered. */
async function routesOfServer(): Promise<string[]> {
  const controlApi = new ControlApi(new SandboxState(await resolveSandboxOptions({})), new BodyBudget(0));
  return Object.keys(Reflect.get(controlApi, 'routes') as object);
}

describe("the sandbox's OpenAPI document", () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(openApiDocument) as unknown as Record<string, unknown>);
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it("has every route of the sandbox's own API, and no other", async () => {
    const documented = operations
      .filter(({ path }) => path.startsWith('/api'))
      .map(({ method, path }) => `${method.toUpperCase()} ${path.replace('{id}', ':id')}`);
    expect(documented.sort()).toEqual((await routesOfServer()).sort());
  });

  it('names each operation once, under a tag that it describes', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = openApiDocument.tags.map(({ name }) => name);
    for (const { operation } of operations) expect(tags).toContain(operation.tags[0]);
  });

  it.each(operations)('names every part of the path of $method $path', ({ path, operation: { parameters = [] } }) => {
    const named = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => `{${name}}`);
    expect(path.match(/\{\w+\}/g) ?? []).toEqual(named);
  });

  it('refers to every schema that it has, and to no other', () => {
    const referred = JSON.stringify(openApiDocument).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const names = new Set(Array.from(referred, ([, name]) => name));
    expect([...names].sort()).toEqual(Object.keys(openApiDocument.components.schemas).sort());
  });

  it.each(Object.entries(openApiDocument.components.schemas))(
    'gives examples that fit %s',
    (name, { examples = [] }) => {
      for (const example of examples) expect(misfits(schemaRef(name), example)).toEqual([]);
    },
  );

  it.each(operations)('gives a body that fits, and defaults and examples, for $method $path', ({ operation }) => {
    const { schema, example } = operation.requestBody?.content['application/json'] ?? {};
    if (schema) expect(misfits(schema, example)).toEqual([]);
    for (const { schema, example } of operation.parameters ?? []) {
      if (example !== undefined) expect(misfits(schema, example)).toEqual([]);
      if (schema.default !== undefined) expect(misfits(schema, schema.default)).toEqual([]);
    }
  });
});
