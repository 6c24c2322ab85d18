import { type BeforeApplicationShutdown, Controller, Get, Injectable } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService, WebEngageModule } from 'nestjs-webengage';
import { AnsweringServer } from '../../support/answering-server.js';
import { type Deferred, deferred } from '../../../lib/common/deferred.js';
import { credentials, type HttpApp, platforms, startHttpApp } from '../../support/http-apps.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

/** The moments of the shutdown, and of the request that is still running then. */
class Moments {
  readonly entered: Deferred<void> = deferred();
  readonly shutdownBegan: Deferred<void> = deferred();
  readonly mayGoOn: Deferred<void> = deferred();
}

@Injectable()
class ShutdownWitness implements BeforeApplicationShutdown {
  constructor(private readonly moments: Moments) {}

  beforeApplicationShutdown(): void {
    this.moments.shutdownBegan.resolve();
  }
}

@Controller()
class SlowController {
  constructor(
    private readonly moments: Moments,
    private readonly events: EventsService,
  ) {}

  @Get('slow')
  async slow(): Promise<string> {
    this.moments.entered.resolve();
    await this.moments.mayGoOn.promise;
    const event = { userId: 'johndoe', eventName: 'Answered late' };
    const receipts = [await this.events.track(event), ...(await this.events.trackMany([event, event]))];
    return receipts.map(({ state }) => state).join();
  }
}

expectNoUnobservedErrors();

describe('requests that are still running when the shutdown begins', () => {
  let server: AnsweringServer;
  let app: HttpApp | undefined;

  beforeEach(async () => {
    server = await AnsweringServer.start();
  });

  afterEach(async () => {
    await app?.close();
    await server.close();
  });

  it.each(platforms)('%s: have their events taken and delivered', async (platform) => {
    const logger = new RecordingLogger();
    const delivery = { mode: 'background', shutdownTimeout: 5_000 } as const;
    const module = WebEngageModule.forRoot({ ...credentials, host: server.url, delivery });
    const providers = [Moments, ShutdownWitness];
    app = await startHttpApp(platform, { imports: [module], controllers: [SlowController], providers }, { logger });
    const moments = app.app.get(Moments);
    const events = app.app.get(EventsService);

    const answer = app.get('slow');
    await moments.entered.promise;
    const closed = app.app.close();
    await moments.shutdownBegan.promise;
    // The hooks of all modules have run by now, and the server waits for the request.
    await new Promise((resolve) => setTimeout(resolve, 20));
    moments.mayGoOn.resolve();

    await expect(answer).resolves.toMatchObject({ status: 200, body: 'accepted,accepted,accepted' });
    await closed;
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 3, failed: 0, pending: 0, refused: 0 });
    expect(server.ingested).toHaveLength(3);
    expect(logger.at('error')).toEqual([]);
  });
});
