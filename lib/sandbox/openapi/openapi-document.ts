/** What the sandbox's own API offers, in OpenAPI's terms. */
export const openApiDocument = { openapi: '3.1.0', info: { title: 'WebEngage sandbox', version: '1' }, paths: {} };
