import { count, milliseconds, object, schemaRef } from '../building-blocks.js';
import type { Schema } from '../openapi.types.js';
import { TYPE_SOURCES } from '../../account/locked-types.js';
import { attributeType } from './attribute-type.schema.js';
import { classNames } from './class-names.schema.js';

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
  LockedTypes: object('The attributes of one event and their data types, as they were declared or first sent.', {
    licenseCode: { type: 'string', examples: ['~2024bb40'] },
    eventName: { type: 'string', examples: ['Added to Cart'] },
    classNames: {
      ...classNames,
      description: 'The names of the classes that declare the event; empty where none does.',
    },
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
  LockedAttribute: {
    type: 'object',
    description: 'An attribute and its data type.',
    properties: {
      name: { type: 'string', examples: ['Price'] },
      type: { ...attributeType, examples: ['Number'] },
      source: {
        type: 'string',
        enum: TYPE_SOURCES,
        description: 'What the type is known from.',
        examples: ['event class'],
      },
      declaredBy: {
        type: 'string',
        description:
          "The class and property that declare the type, or the lock file's name; absent where the first data point fixed it.",
        examples: ['AddedToCart.price'],
      },
      since: {
        ...milliseconds,
        description: 'When its first data point came in, in milliseconds since 1970; absent where it is declared.',
      },
      conflicts: {
        ...countsByType,
        description: 'How many data points of other types were dropped, by their type.',
        examples: [{ String: 3 }],
      },
    },
    required: ['name', 'type', 'source', 'conflicts'],
  },
  AllLockedTypes: object('What is known of the data types of each account and event.', {
    events: { type: 'array', items: schemaRef('LockedTypes') },
  }),
};
