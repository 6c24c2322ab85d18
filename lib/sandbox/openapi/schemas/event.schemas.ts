import { type Finding, type SandboxAttempt, VERDICTS } from '../../arrivals/sandbox-arrival.js';
import { attributeType } from './attribute-type.schema.js';
import { classNames } from './class-names.schema.js';
import { count, milliseconds, object, schemaRef } from '../building-blocks.js';
import type { Schema } from '../openapi.types.js';

/** Each once; a rule that is new must be named here too. */
const RULES: Readonly<Record<Finding['rule'], true>> = {
  required: true,
  type: true,
  blank: true,
  length: true,
  reservedPrefix: true,
  systemEvent: true,
  dateFormat: true,
  dataType: true,
  attributesPerType: true,
  typeConflict: true,
  validator: true,
  cycle: true,
  nestingLevels: true,
  unreadable: true,
  eventBytes: true,
  unknownField: true,
  refused: true,
  fault: true,
  'no answer': true,
};
const OUTCOMES: Readonly<Record<SandboxAttempt['outcome'], true>> = {
  ingested: true,
  recognised: true,
  refused: true,
  'no answer': true,
};

const finding: Schema = {
  type: 'object',
  description: 'Something that is wrong with an event, or why its call was not taken in.',
  properties: {
    path: { type: 'string', description: 'Where: `eventName`, `eventData["Price"]`, or `call` for the whole call.' },
    rule: { type: 'string', enum: Object.keys(RULES), description: 'The rule that was broken.' },
    message: { type: 'string', description: 'What is wrong.' },
    fix: { type: 'string', description: 'What to do about it.' },
    lockedType: { ...attributeType, description: "Of a `typeConflict` only: the attribute's own data type." },
  },
  required: ['path', 'rule', 'message', 'fix'],
};

const attempt: Schema = {
  type: 'object',
  description: 'One arrival of the call that the event went in.',
  properties: {
    receivedAt: milliseconds,
    outcome: {
      type: 'string',
      enum: Object.keys(OUTCOMES),
      description:
        '`recognised`: answered with `queued`, but not taken in a second time, as its x-request-id was known.',
    },
    status: { type: 'integer', description: "The answer's status; absent when there was no answer." },
    message: { type: 'string', description: 'Why it was refused.' },
    fault: { type: 'string', description: 'The fault that spoilt it, in words.' },
  },
  required: ['receivedAt', 'outcome'],
};

const event: Schema = {
  type: 'object',
  description: 'An event as it came in, and what became of it. Re-attempts of its call are folded into it.',
  properties: {
    id: { type: 'integer', minimum: 1, description: 'Grows by one with each event; unique within its sandbox.' },
    revision: { type: 'integer', minimum: 1, description: 'Grows with every event that is new or has changed.' },
    receivedAt: { ...milliseconds, description: 'When its first attempt came in, in milliseconds since 1970.' },
    licenseCode: { type: 'string', description: 'The account; absent where the URL names none.' },
    bulk: { type: 'boolean', description: 'Whether it came by `/bulk-events`.' },
    requestId: { type: 'string', description: "The call's `x-request-id`, if it had one." },
    userId: { description: 'Any JSON, as it came; absent if it had none. A String in all that WebEngage takes in.' },
    anonymousId: { description: 'Any JSON, as it came; absent if it had none.' },
    eventName: { description: 'Any JSON, as it came; absent if it had none.' },
    classNames: {
      ...classNames,
      description: 'The names of the classes that declare the event; absent where none does.',
    },
    eventTime: { description: 'Any JSON, as it came; absent if it had none.' },
    eventData: { description: 'Its attributes as they came; any JSON, if the call was refused.' },
    types: {
      type: 'object',
      description:
        'The data type that WebEngage sees in each attribute; absent for what it has none for, such as null.',
      additionalProperties: attributeType,
    },
    verdict: {
      type: 'string',
      enum: VERDICTS,
      description:
        '`kept`: WebEngage answers `queued` and keeps all of it. `attributes dropped`, `event dropped`: it answers ' +
        '`queued` and silently drops some of it, or the whole. `refused`: it answers with an error. `no answer`: the ' +
        'call was reset or left hanging before it was taken in.',
    },
    findings: { type: 'array', items: schemaRef('Finding'), description: 'Why it is not kept as it came.' },
    attempts: {
      type: 'array',
      items: schemaRef('Attempt'),
      minItems: 1,
      maxItems: 20,
      description: 'The last 20 attempts of its call, oldest first.',
    },
    attemptCount: { type: 'integer', minimum: 1, description: 'How many attempts there were.' },
    shortened: { type: 'boolean', const: true, description: 'Present in the stream only: something was cut.' },
  },
  required: ['id', 'revision', 'receivedAt', 'bulk', 'types', 'verdict', 'findings', 'attempts', 'attemptCount'],
  examples: [
    {
      id: 17,
      revision: 42,
      receivedAt: 1_767_225_600_000,
      licenseCode: '~2024bb40',
      bulk: false,
      requestId: '96297a04f25e4c6a8f3c7c1a2b3d4e5f',
      userId: 'johndoe',
      eventName: 'Added to Cart',
      classNames: ['AddedToCart'],
      eventTime: '2026-01-01T00:00:00+0000',
      eventData: { 'Product ID': 1337, Price: '39.80' },
      types: { 'Product ID': 'Number', Price: 'String' },
      verdict: 'attributes dropped',
      findings: [
        {
          path: 'eventData["Price"]',
          rule: 'typeConflict',
          message: 'eventData["Price"] is a String, but AddedToCart declares it a Number',
          lockedType: 'Number',
          fix: 'Send a Number, or give what is a String now an attribute name of its own: a type never changes.',
        },
      ],
      attempts: [{ receivedAt: 1_767_225_600_000, outcome: 'ingested', status: 201 }],
      attemptCount: 1,
    },
  ],
};

export const eventSchemas: Readonly<Record<string, Schema>> = {
  Event: event,
  Finding: finding,
  Attempt: attempt,
  Events: object('Events, oldest first.', { events: { type: 'array', items: schemaRef('Event') } }),
  Counts: object('What has come in so far, whether it is still remembered or not.', {
    calls: { ...count, description: 'Calls, re-attempts included. Each is one of the four that follow.' },
    ingested: { ...count, description: 'Calls that were taken in.' },
    recognised: { ...count, description: 'Re-attempts that were answered with `queued`, but not taken in again.' },
    refused: { ...count, description: 'Calls that were answered with an error.' },
    unanswered: { ...count, description: 'Calls that were reset or left hanging before they were taken in.' },
    dropped: { ...count, description: 'Events that WebEngage would silently drop as a whole.' },
    damaged: { ...count, description: 'Events of which WebEngage would silently drop some attributes.' },
    remembered: { ...count, description: 'Events that are remembered.' },
    forgotten: { ...count, description: 'Events that were forgotten to make room.' },
  }),
};
