import type { AddressInfo, Server } from 'node:net';
import type { INestMicroservice, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientProxy, ClientProxyFactory, type TcpOptions, Transport } from '@nestjs/microservices';
import { WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { firstValueFrom, lastValueFrom, map, materialize, type ObservableNotification, toArray } from 'rxjs';
import { credentials, startTrackedApp, type TrackedApp } from '../../support/http-apps.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import type { TransportApp } from '../support/transport-app.js';

/** All that the caller of a message handler received: each value, and how they ended. */
export type Received = readonly ObservableNotification<unknown>[];

export interface RpcApp extends TransportApp {
  /** Sends a message and resolves with all that came back. */
  ask(pattern: string, data?: unknown): Promise<Received>;
  /** Sends a message and leaves with the first value that comes back. */
  first(pattern: string): Promise<unknown>;
  /** Closes the caller's connection. */
  disconnect(): Promise<void>;
  /** Emits an event; resolves when it has been sent. */
  emit(pattern: string, data?: unknown): Promise<void>;
}

export interface HybridApp extends RpcApp, Pick<TrackedApp, 'get' | 'url'> {}

const OPTIONS: TcpOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } };

/** Whether each kind of application lets its microservice inherit what is global in it. */
export const setups = [
  'a microservice',
  'a hybrid application',
  'a hybrid application that shares its config',
] as const;
export type Setup = (typeof setups)[number];

export async function startRpcApp(
  setup: Setup,
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions> = {},
): Promise<RpcApp> {
  if (setup === 'a microservice') return startMicroservice(metadata, webEngage);
  return startHybridApp(setup === 'a hybrid application that shares its config', metadata, webEngage);
}

async function startMicroservice(
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions>,
): Promise<RpcApp> {
  const sandbox = await WebEngageSandbox.start();
  const imports = [
    WebEngageModule.forRoot({ ...credentials, host: sandbox.url, ...webEngage }),
    ...(metadata.imports ?? []),
  ];
  class AppModule {}
  const app = await NestFactory.createMicroservice<TcpOptions>(
    { module: AppModule, ...metadata, imports },
    { ...OPTIONS, logger: new RecordingLogger(), abortOnError: false },
  );
  await app.listen();
  return { app, sandbox, ...connect(app, () => app.close().then(() => sandbox.close())) };
}

export async function startHybridApp(
  inheritAppConfig: boolean,
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions> = {},
  prepare: NonNullable<Parameters<typeof startTrackedApp>[3]>['prepare'] = () => undefined,
): Promise<HybridApp> {
  let microservice: INestMicroservice | undefined;
  const http = await startTrackedApp('Express', metadata, webEngage, {
    prepare: (nest) => {
      prepare(nest);
      microservice = nest.connectMicroservice<TcpOptions>(OPTIONS, { inheritAppConfig });
    },
  });
  await http.app.startAllMicroservices();
  return { ...http, ...connect(microservice!, () => http.close()) };
}

function connect(
  microservice: INestMicroservice,
  close: () => Promise<void>,
): Pick<RpcApp, 'ask' | 'first' | 'emit' | 'disconnect' | 'close'> {
  const { port } = microservice.unwrap<Server>().address() as AddressInfo;
  const client: ClientProxy = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  });
  return {
    ask: (pattern, data = {}) =>
      lastValueFrom(client.send<unknown>(pattern, data).pipe(materialize(), map(plainly), toArray())),
    first: (pattern) => firstValueFrom(client.send<unknown>(pattern, {})),
    disconnect: async () => client.close(),
    emit: async (pattern, data = {}) => {
      await lastValueFrom(client.emit<unknown>(pattern, data), { defaultValue: undefined });
    },
    close: async () => {
      await client.close();
      await close();
    },
  };
}

function plainly(notification: ObservableNotification<unknown>): ObservableNotification<unknown> {
  const { kind } = notification;
  if (kind === 'C') return { kind };
  return kind === 'N' ? { kind, value: notification.value } : { kind, error: notification.error as unknown };
}
