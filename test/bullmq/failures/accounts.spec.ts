import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expect, it } from '@jest/globals';
import { EventsService, FailedEvents, InjectEvents, InjectFailedEvents, WebEngageModule } from 'nestjs-webengage';
import { BAD_REQUEST } from '../../support/answering-server.js';
import { EVENT, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

@Injectable()
class Accounts {
  constructor(
    @Inject(EventsService) readonly events: EventsService,
    @InjectEvents('india') readonly indianEvents: EventsService,
    @Inject(FailedEvents) readonly failedEvents: FailedEvents,
    @InjectFailedEvents('india') readonly indianFailedEvents: FailedEvents,
  ) {}
}

describeWithRedis('two accounts in one application', () => {
  const test = useBullMqTracking();

  it('have failed events of their own', async () => {
    test.current.server.reply = () => BAD_REQUEST;
    const host = test.current.server.url;
    const account = { apiKey: 'key', host };
    @Module({
      imports: [
        WebEngageModule.forRoot({ ...account, licenseCode: 'a', delivery: test.current.delivery({ queueName: 'a' }) }),
        WebEngageModule.forRoot({
          ...account,
          licenseCode: 'b',
          account: 'india',
          delivery: test.current.delivery({ queueName: 'b' }),
        }),
      ],
      providers: [Accounts],
    })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    try {
      const { events, indianEvents, failedEvents, indianFailedEvents } = app.get(Accounts);
      const receipts = [await events.track(EVENT), await indianEvents.track(EVENT)];
      const lists = () => Promise.all([failedEvents.list(), indianFailedEvents.list()]);
      await until('both are kept', async () => (await lists()).every(({ length }) => length === 1));
      expect((await lists()).map(([call]) => call?.id)).toEqual(receipts.map(({ requestId }) => requestId));
      await expect(indianFailedEvents.discard(receipts[0]?.requestId ?? '')).resolves.toBe(false);
    } finally {
      await app.close();
    }
  });
});
