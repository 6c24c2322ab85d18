import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Customer } from './customer.js';
import { Session } from './session.js';

/** Lets everybody in by name alone, and forgets everybody on restart: enough for a sample, for nothing else. */
@Injectable()
export class AuthService {
  private readonly customersByName = new Map<string, Customer>();
  private readonly customersByToken = new Map<string, Customer>();

  signIn(name: string): Session {
    const customer = this.customersByName.get(name) ?? { id: this.customersByName.size + 1, name };
    const token = randomBytes(16).toString('hex');
    this.customersByName.set(name, customer);
    this.customersByToken.set(token, customer);
    return { token, customer };
  }

  signOut(token: string): void {
    this.customersByToken.delete(token);
  }

  customerOf(token: string): Customer | undefined {
    return this.customersByToken.get(token);
  }
}
