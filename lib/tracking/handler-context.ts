import 'reflect-metadata';
import type { ContextType, ExecutionContext } from '@nestjs/common';
import type { SuccessRules } from './on-success.js';

// The reference, the context and the info; other resolvers get four.
const REFERENCE_RESOLVER_ARGUMENTS = 3;
// What @Sse() marks a handler with. Nest exports it from internal paths only, which differ between its versions.
const SSE_METADATA = '__sse__';
// Those on which every value of an observable is an answer of its own.
const EACH_VALUE_TRANSPORTS: ReadonlySet<string> = new Set<ContextType>(['ws', 'rpc']);

/** What a handler was called for, whatever the transport. */
export function requestOf(context: ExecutionContext): unknown {
  switch (context.getType<ContextType | 'graphql'>()) {
    case 'http':
      return context.switchToHttp().getRequest();
    case 'ws':
      return context.switchToWs().getClient();
    case 'rpc':
      return context.switchToRpc().getContext();
    case 'graphql':
      return graphqlRequestOf(context);
    default:
      return undefined;
  }
}

/** A handler's name as it stands in messages: `CartController.add`. */
export function handlerName(context: ExecutionContext): string {
  return `${context.getClass().name}.${context.getHandler().name}`;
}

/**
 * What counts as the handler's success. Nest takes an observable without a value for an error wherever it waits for the
 * last value, which it does for HTTP, GraphQL and all that is built on its external contexts.
 */
export function successRules(context: ExecutionContext): SuccessRules {
  const sendsEachValue = EACH_VALUE_TRANSPORTS.has(context.getType());
  return { needsValue: !sendsEachValue, answersOnce: !isEventStream(context) };
}

/**
 * Whether the handler's stream of server-sent events completes only because its client has left: Nest tells the
 * producer of it before it unsubscribes.
 */
export function isLeft(context: ExecutionContext): boolean {
  if (!isEventStream(context)) return false;
  const request = context.switchToHttp().getRequest<HttpRequest>();
  return (request.raw ?? request).socket?.destroyed === true;
}

/** Apollo's context holds the request; Mercurius's by default holds Fastify's reply to it. */
interface GraphqlContext {
  readonly req?: unknown;
  readonly reply?: { readonly request?: unknown } | null;
}

function graphqlRequestOf(context: ExecutionContext): unknown {
  const given = context.getArgs<(GraphqlContext | null | undefined)[]>();
  // A reference resolver of a federated graph gets the context where others get the arguments, which a client chooses.
  const isReferenceResolver = given.length === REFERENCE_RESOLVER_ARGUMENTS;
  return requestIn(given[2]) ?? (isReferenceResolver ? requestIn(given[1]) : undefined);
}

function requestIn(context: GraphqlContext | null | undefined): unknown {
  return context?.req ?? context?.reply?.request;
}

/** An Express request, or Fastify's around the same. */
interface HttpRequest {
  readonly raw?: HttpRequest;
  readonly socket?: { readonly destroyed?: boolean };
}

function isEventStream(context: ExecutionContext): boolean {
  return context.getType() === 'http' && Reflect.getMetadata(SSE_METADATA, context.getHandler()) === true;
}
