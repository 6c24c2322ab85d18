import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Customer } from './customer.js';

/** What this shop needs of a request that the AuthGuard let pass. */
export interface SignedInRequest {
  readonly headers: { readonly authorization?: string };
  user: Customer;
}

export function bearerToken({ headers }: SignedInRequest): string {
  return headers.authorization?.replace(/^Bearer /i, '') ?? '';
}

export const CurrentCustomer = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<SignedInRequest>().user,
);

export const CurrentToken = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  bearerToken(context.switchToHttp().getRequest<SignedInRequest>()),
);
