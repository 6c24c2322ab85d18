import type { ContextType, ExecutionContext } from '@nestjs/common';

const GRAPHQL_CONTEXT_ARGUMENT = 2;

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

/** Whether the handler answers an HTTP request: Nest then takes an observable without a value for an error. */
export function needsValue(context: ExecutionContext): boolean {
  return context.getType() === 'http';
}
