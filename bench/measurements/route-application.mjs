import { setTimeout as pause } from 'node:timers/promises';
import { webengageModule } from '../libraries/webengage.mjs';
import { EVENT_NAME, exampleData, exampleUser } from '../support/example-event.mjs';
import { importFromRoot } from '../support/root-packages.mjs';

/** In so many milliseconds a call has reached the collector. */
const UNDER_WAY = 10;

/**
 * A Nest application on Express with one route twice: /tracked with `@TrackEvent()`, /plain with an interceptor that
 * does nothing. Written without decorator syntax, which Node does not read.
 */
export async function openRouteApplication(options) {
  const { Module, Controller, Get, UseInterceptors } = await importFromRoot('@nestjs/common');
  const { NestFactory } = await importFromRoot('@nestjs/core');
  const { TrackEvent, EventsService } = await importFromRoot('nestjs-webengage');

  let number = 0;
  const addToCart = () => ({ line: 1, product: 'Givenchy Pour Homme Cologne' });
  class NoInterceptor {
    intercept(_context, next) {
      return next.handle();
    }
  }
  class ShopController {
    tracked() {
      return addToCart();
    }
    plain() {
      return addToCart();
    }
  }
  const track = TrackEvent(EVENT_NAME, {
    userId: () => exampleUser(number),
    eventData: () => exampleData(number++),
  });
  decorateMethod(ShopController, 'tracked', Get('tracked'), track);
  decorateMethod(ShopController, 'plain', Get('plain'), UseInterceptors(NoInterceptor));
  Controller()(ShopController);

  class AppModule {}
  Module({ imports: [await webengageModule(options)], controllers: [ShopController] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const events = app.get(EventsService);
  return {
    port: app.getHttpServer().address().port,
    events,
    tracked: () => number,
    /** With one connection and a collector that does not answer, no further event goes out. */
    async occupyConnection() {
      void events.track({ userId: exampleUser(number), eventName: EVENT_NAME, eventData: exampleData(number++) });
      await pause(UNDER_WAY);
    },
  };
}

function decorateMethod(type, name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
  for (const decorate of decorators) decorate(type.prototype, name, descriptor);
}
