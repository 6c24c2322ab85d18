import { type CanActivate, Controller, type ExecutionContext, Get, type NestInterceptor } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { Ctx, MessagePattern, Payload, type TcpContext } from '@nestjs/microservices';
import { afterEach, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, type TrackEventContext, WebEngageModule } from 'nestjs-webengage';
import { map } from 'rxjs';
import { counts, credentials } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { outcomeOf, SIGNED_IN } from '../support/transport-app.js';
import { type RpcApp, setups, startHybridApp, startRpcApp } from './rpc-app.js';

/** What the mapper saw, and the context with which the handler was called. */
let seen: TrackEventContext | undefined;
let given: TcpContext | undefined;

const eventData = (context: TrackEventContext) => {
  seen = context;
  return { Result: String(context.result), Transport: context.executionContext.getType() };
};

@Controller()
class Shop {
  @Get('buy') @MessagePattern('buy') @TrackEvent('Bought', { eventData }) buy(): string {
    return 'cologne';
  }

  @MessagePattern('sell') @TrackEvent('Sold', { eventData }) sell(
    @Payload() _data: unknown,
    @Ctx() context: TcpContext,
  ): string {
    given = context;
    return 'soap';
  }

  @MessagePattern('twice')
  @TrackEvent('Bought', { userId: 'johndoe' })
  @TrackEvent('Bought', { userId: 'johndoe', account: 'india' })
  twice(): string {
    return 'cologne';
  }
}

/** Signs in over both transports. */
class SignIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const isHttp = context.getType() === 'http';
    const request = isHttp ? context.switchToHttp().getRequest<object>() : context.switchToRpc().getContext<object>();
    Object.assign(request, { user: SIGNED_IN });
    return true;
  }
}

const wrap = (text: string): NestInterceptor => ({
  intercept: (_context, next) => next.handle().pipe(map((value) => `${text}(${String(value)})`)),
});

const signedIn = { controllers: [Shop], providers: [{ provide: APP_GUARD, useClass: SignIn }] };

expectNoUnobservedErrors();

describe('a decorated handler of a hybrid application', () => {
  let app: RpcApp;

  afterEach(() => app.close());

  it('makes one event over each transport on which it is called', async () => {
    const hybrid = await startHybridApp(true, signedIn);
    app = hybrid;
    const overHttp = await outcomeOf(app, () => hybrid.get('buy'));
    const overTcp = await outcomeOf(app, () => hybrid.ask('buy'));
    const event = { userId: '42', eventName: 'Bought' };

    expect(overHttp.events).toEqual([{ ...event, eventData: { Result: 'cologne', Transport: 'http' } }]);
    expect(overTcp.events).toEqual([{ ...event, eventData: { Result: 'cologne', Transport: 'rpc' } }]);
  });

  it.each([true, false])('works where inheritAppConfig is %s, which decides on global enhancers', async (inherits) => {
    const providers = [...signedIn.providers, { provide: APP_INTERCEPTOR, useValue: wrap('module') }];
    app = await startHybridApp(inherits, { ...signedIn, providers }, {}, (nest) =>
      nest.useGlobalInterceptors(wrap('application')),
    );
    const outcome = await outcomeOf(app, () => app.ask('sell'));
    const value = inherits ? 'module(application(soap))' : 'soap';

    expect(outcome.value).toEqual([{ kind: 'N', value }, { kind: 'C' }]);
    // Global interceptors are outside the decorator, and a global guard is not asked unless it is inherited.
    expect(outcome.events).toEqual(
      inherits ? [{ userId: '42', eventName: 'Sold', eventData: { Result: 'soap', Transport: 'rpc' } }] : [],
    );
    expect(outcome.counts).toEqual(counts(inherits ? { accepted: 1, delivered: 1 } : { skipped: 1 }));
  });
});

describe.each(setups)('in %s', (setup) => {
  let app: RpcApp;

  afterEach(() => app.close());

  it("the request of a decorated handler is the transport's context", async () => {
    app = await startRpcApp(setup, { controllers: [Shop] }, { identify: () => ({ userId: 'johndoe' }) });
    await outcomeOf(app, () => app.ask('sell'));

    expect(seen?.request).toBe(given);
    expect(seen?.result).toBe('soap');
    expect(seen?.executionContext.getHandler()).toBe(Shop.prototype.sell);
  });

  it('the decorator may be repeated, for several accounts', async () => {
    const india = WebEngageModule.forRoot({ ...credentials, enabled: false, account: 'india' });
    app = await startRpcApp(setup, { imports: [india], controllers: [Shop] });
    const outcome = await outcomeOf(app, () => app.ask('twice'));

    expect(outcome.value).toEqual([{ kind: 'N', value: 'cologne' }, { kind: 'C' }]);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
  });

  it('what is pending is delivered while the application closes', async () => {
    app = await startRpcApp(setup, { controllers: [Shop] });
    const { sandbox } = app;
    await app.ask('twice');
    const events = app.app.get(EventsService);
    await app.app.close();

    expect(sandbox.events()).toHaveLength(1);
    expect(events.stats()).toEqual(counts({ accepted: 1, delivered: 1 }));
  });
});
