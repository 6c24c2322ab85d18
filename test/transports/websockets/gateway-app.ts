import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { WebSocket } from 'ws';
import { type Platform, startTrackedApp, type TrackedApp } from '../../support/http-apps.js';

/** A client of a gateway, and the frames that it has received. */
export interface GatewayClient {
  readonly frames: readonly string[];
  send(event: string, data?: unknown): void;
  /** Resolves when so many frames are there. */
  received(frames: number): Promise<readonly string[]>;
  /** Leaves, and resolves when the connection is closed on this side. */
  leave(): Promise<void>;
}

export interface GatewayApp extends TrackedApp {
  connect(): Promise<GatewayClient>;
}

export async function startGatewayApp(
  platform: Platform,
  metadata: ModuleMetadata,
  webEngage: Partial<WebEngageModuleOptions> = {},
): Promise<GatewayApp> {
  const app = await startTrackedApp(platform, metadata, webEngage, {
    prepare: (nest: INestApplication) => void nest.useWebSocketAdapter(new WsAdapter(nest)),
  });
  return { ...app, connect: () => connect(app.url.replace('http', 'ws')) };
}

async function connect(url: string): Promise<GatewayClient> {
  const socket = new WebSocket(url);
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    frames,
    send: (event, data = {}) => socket.send(JSON.stringify({ event, data })),
    received: async (wanted) => {
      while (frames.length < wanted) await new Promise<void>((resolve) => socket.once('message', () => resolve()));
      return frames;
    },
    leave: async () => {
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.terminate();
      await closed;
    },
  };
}
