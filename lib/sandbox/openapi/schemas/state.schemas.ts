import { count, milliseconds, object, schemaRef } from '../building-blocks.js';
import type { Schema } from '../openapi.types.js';
import { attributeType } from './attribute-type.schema.js';

const countsByType: Schema = { type: 'object', propertyNames: attributeType, additionalProperties: count };

export const stateSchemas: Readonly<Record<string, Schema>> = {
  State: object('The sandbox as it is at one moment.', {
    now: milliseconds,
    clockStopped: { type: 'boolean', description: 'Whether the time stands still.' },
    maxEvents: { ...count, description: 'How many events it remembers.' },
    counts: schemaRef('Counts'),
    quota: {
      type: 'array',
      items: schemaRef('AccountQuota'),
      description: 'The quota of each account, the one that was used last first.',
    },
    faults: { type: 'array', items: schemaRef('ActiveFault'), description: 'The faults that are at work.' },
  }),
  AccountQuota: object("How much of an account's quota is used in the window that it is now.", {
    licenseCode: { type: 'string', examples: ['~2024bb40'] },
    single: schemaRef('QuotaUse'),
    bulk: schemaRef('QuotaUse'),
  }),
  QuotaUse: object('How much of a quota is used.', {
    limit: { ...count, description: 'Calls that one window allows.', examples: [5_000] },
    used: { ...count, description: 'Calls that were counted in this window.', examples: [12] },
    resetsAt: { ...milliseconds, description: 'When the next window begins, in milliseconds since 1970.' },
  }),
  LockedTypes: object('The attributes of one event and their data types, as the first data points have fixed them.', {
    licenseCode: { type: 'string', examples: ['~2024bb40'] },
    eventName: { type: 'string', examples: ['Added to Cart'] },
    attributes: { type: 'array', items: schemaRef('LockedAttribute') },
    perType: {
      ...countsByType,
      description: 'How many attributes each type has, of the 25 that it may have.',
      examples: [{ Number: 3 }],
    },
    refused: {
      ...countsByType,
      description: 'How many data points were dropped because their type had 25 attributes already.',
      examples: [{}],
    },
  }),
  LockedAttribute: object('An attribute and its data type.', {
    name: { type: 'string', examples: ['Price'] },
    type: { ...attributeType, examples: ['Number'] },
    since: { ...milliseconds, description: 'When its first data point came in, in milliseconds since 1970.' },
    conflicts: {
      ...countsByType,
      description: 'How many data points of other types were dropped, by their type.',
      examples: [{ String: 3 }],
    },
  }),
  AllLockedTypes: object('What is known of the data types of each account and event.', {
    events: { type: 'array', items: schemaRef('LockedTypes') },
  }),
};
