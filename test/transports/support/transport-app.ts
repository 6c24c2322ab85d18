import type { INestApplicationContext } from '@nestjs/common';
import { type DeliveryStats, EventsService, type WebEngageModuleOptions } from 'nestjs-webengage';
import type { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { type EventShape, type Outcome, shapeOf } from '../../support/http-apps.js';

/** Decorates a handler with whatever is under test, or with nothing. */
export type Track = (eventName: string) => MethodDecorator;

/** Leaves a handler as it is. */
export const untracked: Track = () => () => undefined;

/** The user whom the applications sign in on their transport. */
export const SIGNED_IN = { id: 42 };

/** An application whose handlers are called over a transport, and its WebEngage. */
export interface TransportApp {
  readonly app: INestApplicationContext;
  readonly sandbox: WebEngageSandbox;
  /** Calls a handler over the wire and resolves with all that its client received. */
  ask(handler: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts an application with one handler named `value`, or more, decorated as given. */
export type StartTransport = (track: Track, webEngage?: Partial<WebEngageModuleOptions>) => Promise<TransportApp>;

/** Does something, waits until nothing is pending, and says what came of it. */
export async function outcomeOf<Value>(
  { app, sandbox }: Pick<TransportApp, 'app' | 'sandbox'>,
  action: () => Promise<Value>,
): Promise<Outcome<Value>> {
  const events = app.get(EventsService);
  const ingestedBefore = sandbox.events().length;
  const before = events.stats();
  const value = await action();
  await events.flush();
  const after = events.stats();
  const names = Object.keys(after) as (keyof DeliveryStats)[];
  const changes = Object.fromEntries(names.map((name) => [name, after[name] - before[name]]));
  const ingested: EventShape[] = sandbox.events().slice(ingestedBefore).map(shapeOf);
  return { value, events: ingested, counts: changes as unknown as DeliveryStats };
}
