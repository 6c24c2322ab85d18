import 'reflect-metadata';
import type { ContextType, ExecutionContext } from '@nestjs/common';
import type { SuccessRules } from './on-success.js';

const GRAPHQL_CONTEXT_ARGUMENT = 2;
// What @Sse() marks a handler with. Nest exports it from internal paths only, which differ between its versions.
const SSE_METADATA = '__sse__';

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
      return context.getArgByIndex<{ req?: unknown } | undefined>(GRAPHQL_CONTEXT_ARGUMENT)?.req;
    default:
      return undefined;
  }
}

/** A handler's name as it stands in messages: `CartController.add`. */
export function handlerName(context: ExecutionContext): string {
  return `${context.getClass().name}.${context.getHandler().name}`;
}

/** What counts as the handler's success. Nest takes an HTTP observable without a value for an error. */
export function successRules(context: ExecutionContext): SuccessRules {
  return { needsValue: context.getType() === 'http', answersOnce: !isEventStream(context) };
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

/** An Express request, or Fastify's around the same. */
interface HttpRequest {
  readonly raw?: HttpRequest;
  readonly socket?: { readonly destroyed?: boolean };
}

function isEventStream(context: ExecutionContext): boolean {
  return context.getType() === 'http' && Reflect.getMetadata(SSE_METADATA, context.getHandler()) === true;
}
