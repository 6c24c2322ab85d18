import { object, schemaRef } from '../building-blocks.js';
import { MAX_BULK_EVENTS } from '../../arrivals/wire-event.js';
import type { Schema } from '../openapi.types.js';

export const exampleEvent = {
  userId: 'johndoe',
  eventName: 'Added to Cart',
  eventTime: '2018-09-15T18:29:00-0800',
  eventData: { 'Product ID': 1337, Price: 39.8, Quantity: 1, Product: 'Givenchy Pour Homme Cologne', Currency: 'USD' },
};

export const webEngageSchemas: Readonly<Record<string, Schema>> = {
  WebEngageEvent: {
    type: 'object',
    description:
      'An event as WebEngage takes it. What breaks this shape is answered with 400; what breaks the rules in the ' +
      'descriptions is answered with `queued`, and silently dropped.',
    properties: {
      userId: { type: 'string', description: 'At most 100 characters. It or `anonymousId` is mandatory.' },
      anonymousId: { type: 'string', description: 'At most 100 characters; ignored where `userId` is given too.' },
      eventName: {
        type: 'string',
        minLength: 1,
        description: 'Less than 50 characters; not beginning with `we_`; not the name of a system event.',
      },
      eventTime: { description: 'A String like `2018-09-15T18:29:00-0800`: no milliseconds, no `Z`, no colon.' },
      eventData: {
        type: 'object',
        description:
          'Attributes by name. Names: less than 50 characters, not beginning with `we_`. Values: String (less than 1000 ' +
          'characters), Number, Boolean, Date, JSON Array or JSON Object; at most 25 attributes of each type. The first ' +
          'data point fixes the type of an attribute for ever.',
      },
    },
    required: ['eventName'],
    anyOf: [
      { properties: { userId: { minLength: 1 } }, required: ['userId'] },
      { properties: { anonymousId: { minLength: 1 } }, required: ['anonymousId'] },
    ],
    examples: [exampleEvent],
  },
  WebEngageEvents: object('Several events in one call, taken in all or none.', {
    events: { type: 'array', items: schemaRef('WebEngageEvent'), minItems: 1, maxItems: MAX_BULK_EVENTS },
  }),
  Queued: object('The call was accepted. What WebEngage keeps of it, it does not say.', {
    response: object('The answer.', { status: { type: 'string', const: 'queued' } }),
  }),
  WebEngageError: object('The call was not accepted.', {
    response: object('The answer.', {
      message: { type: 'string', examples: ['Error: userId and anonymousId cannot be empty.'] },
      status: { type: 'string', const: 'error' },
    }),
  }),
};
