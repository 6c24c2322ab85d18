import { Inject, type InjectionToken } from '@nestjs/common';
import { FailedEvents } from './failed-events.js';

/**
 * The injection token of an account's `FailedEvents`: the class itself for the module without an `account`, a token of
 * its own for a named account.
 */
export function getFailedEventsToken(account?: string): InjectionToken<FailedEvents> {
  return account === undefined ? FailedEvents : `WebEngageFailedEvents(${account})`;
}

/**
 * Injects the `FailedEvents` of a named account. Without a name it is the same as injecting by class.
 *
 * @example
 * constructor(@InjectFailedEvents('india') private readonly failedEvents: FailedEvents) {}
 */
export function InjectFailedEvents(account?: string): ParameterDecorator & PropertyDecorator {
  return Inject(getFailedEventsToken(account));
}
