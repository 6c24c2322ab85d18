import { ValidateIf } from 'class-validator';
import { userIdentifierViolations, userRequiredViolations } from '../constraints/user-identifier.constraints.js';
import type { EventData } from '../event-data.js';
import { readEvent } from '../read-event.js';
import { IsEventData } from './is-event-data.decorator.js';
import { IsEventName } from './is-event-name.decorator.js';
import { IsEventTime } from './is-event-time.decorator.js';
import { IsUserIdentifier } from './is-user-identifier.decorator.js';
import { ruleDecorator } from './rule.decorator.js';

/**
 * One custom event, with WebEngage's own field names.
 *
 * As the body of a user's own route it is validated by `ValidationPipe`, with the same rules and the same messages
 * that `EventsService.track()` applies; an event's size is held against the default of `maxEventBytes`. `eventName` is
 * mandatory, and one of `userId` and `anonymousId`.
 *
 * @example
 * @Post('events')
 * track(@Body() event: TrackEventDto) {
 *   return this.events.track(event);
 * }
 */
export class TrackEventDto {
  /** Identifier of a known user: at most 100 characters. */
  @IdentifiesUser()
  userId?: string;

  /** Identifier of an anonymous user: at most 100 characters. WebEngage ignores it when `userId` is given too. */
  @IfGiven()
  @IsUserIdentifier()
  anonymousId?: string;

  /** Shorter than 50 characters; not starting with `we_`; not the name of a system event. */
  @IsEventName()
  eventName!: string;

  /** When the event occurred. Absent: the time at which the library accepts the event. */
  @IfGiven()
  @IsEventTime()
  eventTime?: string | Date;

  /** The event's attributes by name. */
  @IfGiven()
  @IsEventData()
  @FitsIntoOneEvent()
  eventData?: EventData;
}

function IfGiven(): PropertyDecorator {
  return ValidateIf((_event, value) => value !== undefined);
}

// Stands on one property, because the rule speaks of two: whichever is absent is judged too.
function IdentifiesUser(): PropertyDecorator {
  return ruleDecorator('identifiesUser', (userId, path, event) =>
    userId === undefined
      ? userRequiredViolations(userId, (event as TrackEventDto).anonymousId)
      : userIdentifierViolations(userId, path),
  );
}

// The size is a rule of the whole event, and class-validator has decorators of properties only. The time of
// acceptance is not known yet, but each is as long as any other.
function FitsIntoOneEvent(): PropertyDecorator {
  return ruleDecorator('fitsIntoOneEvent', (_value, _path, event) =>
    readEvent(event, '1970-01-01T00:00:00+0000').violations.filter(({ rule }) => rule === 'eventBytes'),
  );
}
