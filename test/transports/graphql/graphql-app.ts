import { type ModuleMetadata } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { startTrackedApp, type TrackedApp } from '../../support/http-apps.js';
import { SIGNED_IN } from '../support/transport-app.js';

/** A response as it came, but for the `Date` header. */
export interface GraphqlResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** An application with a GraphQL endpoint, where a user is signed in. */
export interface GraphqlApp extends TrackedApp {
  /** Sends a document and resolves with the response. */
  query(document: string): Promise<GraphqlResponse>;
}

export async function startGraphqlApp(
  typeDefs: string,
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions> = {},
  graphql: Partial<ApolloDriverConfig> = {},
): Promise<GraphqlApp> {
  const module = GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    typeDefs,
    // Traces hold the names of the files in which handlers stand.
    includeStacktraceInErrorResponses: false,
    graphiql: false,
    ...graphql,
  });
  const signIn = (request: { user?: unknown }, _response: unknown, next: () => void) => {
    request.user = SIGNED_IN;
    next();
  };
  const imports = [module, ...(metadata.imports ?? [])];
  const app = await startTrackedApp('Express', { ...metadata, imports }, webEngage, {
    prepare: (nest) => void nest.use(signIn),
  });
  return { ...app, query: (document) => post(`${app.url}/graphql`, document) };
}

async function post(url: string, query: string): Promise<GraphqlResponse> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== 'date'),
    body: Buffer.from(await response.arrayBuffer()).toString('latin1'),
  };
}
