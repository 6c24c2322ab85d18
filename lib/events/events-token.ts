import { Inject, type InjectionToken } from '@nestjs/common';
import { EventsService } from './events.service.js';

/**
 * The injection token of an account's `EventsService`: the class itself for the module without an `account`, a token
 * of its own for a named account.
 *
 * @example
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(getEventsToken('india'))
 *   .useValue({ track: jest.fn() });
 */
export function getEventsToken(account?: string): InjectionToken<EventsService> {
  return account === undefined ? EventsService : `WebEngageEvents(${account})`;
}

/**
 * Injects the `EventsService` of a named account. Without a name it is the same as injecting by class.
 *
 * @example
 * constructor(@InjectEvents('india') private readonly events: EventsService) {}
 */
export function InjectEvents(account?: string): ParameterDecorator & PropertyDecorator {
  return Inject(getEventsToken(account));
}
