import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventsService } from 'nestjs-webengage';
import type { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { AppModule } from '../app.module.js';
import { startSandboxUnlessConfigured } from '../sandbox.js';

const VARIABLES = ['DELIVERY', 'WEBENGAGE_LICENSE_CODE', 'WEBENGAGE_API_KEY', 'WEBENGAGE_HOST'];

let app: INestApplication;
let sandbox: WebEngageSandbox;

beforeEach(async () => {
  for (const variable of VARIABLES) delete process.env[variable];
  sandbox = (await startSandboxUnlessConfigured()) as WebEngageSandbox;
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = module.createNestApplication({ forceCloseConnections: true });
  app.useLogger(false);
  await app.listen(0, '127.0.0.1');
});

afterEach(async () => {
  await app.close();
  await sandbox.close();
});

async function health(): Promise<{ status: number; webengage: unknown }> {
  const response = await fetch(`${await app.getUrl()}/health`);
  const { details } = (await response.json()) as { details: { webengage: unknown } };
  return { status: response.status, webengage: details.webengage };
}

it('is up while events arrive, and says when the last one did', async () => {
  expect(await health()).toMatchObject({ status: 200, webengage: { status: 'up', pending: 0 } });
  await app.get(EventsService).track({ userId: '1', eventName: 'Wish List Shared' });
  await app.get(EventsService).flush();
  expect(await health()).toMatchObject({
    status: 200,
    webengage: { status: 'up', pending: 0, lastDeliveredAt: expect.any(String) },
  });
});

it('is down while WebEngage refuses the credentials, and up again after it', async () => {
  sandbox.faults.add({ status: 401 });
  const events = app.get(EventsService);
  await events.track({ userId: '1', eventName: 'Wish List Shared' });
  while (events.health().pausedReason === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await health()).toMatchObject({
    status: 503,
    webengage: { status: 'down', pending: 1, pausedReason: 'access refused' },
  });
  sandbox.faults.clear();
  await events.flush();
  expect(await health()).toMatchObject({ status: 200, webengage: { status: 'up', pending: 0 } });
});
