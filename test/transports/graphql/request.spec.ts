import { Context, Query, Resolver } from '@nestjs/graphql';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { requestOf } from '../../../lib/tracking/handler-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { SIGNED_IN } from '../support/transport-app.js';
import { type GraphqlApp, startGraphqlApp } from './graphql-app.js';

interface GraphqlContext {
  readonly req: { readonly user?: unknown };
}

/** What the mapper saw, and what the resolver did. */
let seen: TrackEventContext | undefined;
let given: GraphqlContext | undefined;

@Resolver()
class Shop {
  @Query()
  @TrackEvent('Asked', {
    eventData: (context) => {
      seen = context;
      return {};
    },
  })
  answer(@Context() context: GraphqlContext): string {
    given = context;
    return 'forty-two';
  }
}

expectNoUnobservedErrors();

describe('the request of a decorated resolver', () => {
  let app: GraphqlApp;

  afterEach(() => app.close());

  it.each([
    ["the application's default context", undefined],
    ['a context that a function makes', () => ({ tenant: 'Berlin' })],
    ['a context that is an object', { tenant: 'Berlin' }],
  ])('is the req of %s', async (_what, context) => {
    app = await startGraphqlApp('type Query { answer: String }', { providers: [Shop] }, {}, { context });
    const outcome = await app.outcomeOf(() => app.query('{ answer }'));

    expect(seen?.request).toBe(given?.req);
    expect(given?.req.user).toBe(SIGNED_IN);
    expect(seen?.result).toBe('forty-two');
    expect(seen?.executionContext.getType()).toBe('graphql');
    expect(outcome.events).toEqual([{ userId: '42', eventName: 'Asked', eventData: {} }]);
  });

  it('is what a context function put in its place', async () => {
    const req = { user: { sub: 'somebody else' } };
    app = await startGraphqlApp(
      'type Query { answer: String }',
      { providers: [Shop] },
      {},
      { context: () => ({ req }) },
    );
    const outcome = await app.outcomeOf(() => app.query('{ answer }'));

    expect(seen?.request).toBe(req);
    expect(outcome.events).toMatchObject([{ userId: 'somebody else' }]);
  });
});

describe('the request in what a resolver is called with', () => {
  const request = { user: SIGNED_IN };
  const forged = { user: { id: 1 } };
  const parent = {};
  const info = { fieldName: 'answer' };

  it.each<[string, unknown[], unknown]>([
    ["Apollo's context", [parent, {}, { req: request }, info], request],
    ["Mercurius's context", [parent, {}, { app: {}, reply: { request } }, info], request],
    ['a context with both', [parent, {}, { req: request, reply: { request: forged } }, info], request],
    ['the context of a reference resolver', [parent, { req: request }, info], request],
    ["Mercurius's context of a reference resolver", [parent, { reply: { request } }, info], request],
    ['a context without a request', [parent, {}, { reply: null }, info], undefined],
    ['arguments that a client made up', [parent, { req: forged, reply: { request: forged } }, {}, info], undefined],
    ['such arguments where there is no context', [parent, { req: forged }, undefined, info], undefined],
    ['nothing', [], undefined],
  ])('%s', (_what, args, expected) => {
    const context = new ExecutionContextHost(args);
    context.setType('graphql');

    expect(requestOf(context)).toBe(expected);
  });
});
