import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { AuthService } from './auth.service.js';
import { bearerToken, type SignedInRequest } from './signed-in-request.js';

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly auth: AuthService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const customer = this.auth.customerOf(bearerToken(request));
    if (!customer) throw new UnauthorizedException('Sign in first: POST /auth/sign-in');
    // From here @TrackEvent() knows whom its events are about.
    request.user = customer;
    return true;
  }
}
