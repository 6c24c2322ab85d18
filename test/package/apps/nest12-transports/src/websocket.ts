import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { MessageBody, type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { WebSocket } from 'ws';
import { addToCart, type CartLine, eventData } from './cart.js';
import { checkTransport } from './shared/transport-checks.js';

interface Client extends WebSocket {
  userId?: string;
}

@WebSocketGateway({ path: '/cart' })
class CartGateway implements OnGatewayConnection {
  handleConnection(client: Client, request: IncomingMessage): void {
    client.userId = String(request.headers['x-user-id']);
  }

  @SubscribeMessage('add')
  @TrackEvent('Added to Cart', {
    userId: ({ request }: TrackEventContext<{ data: CartLine }, Client>) => request.userId,
    eventData: ({ result, ...context }: TrackEventContext<{ data: CartLine }>) =>
      eventData({ ...context, result: result.data }),
  })
  add(@MessageBody() { productId }: { productId: number }): { event: string; data: CartLine } {
    return { event: 'added', data: addToCart(productId) };
  }
}

@Module({ providers: [CartGateway] })
class CartModule {}

await checkTransport('a WebSocket gateway', async (webEngage) => {
  const rootModule = { module: CartModule, imports: [webEngage] };
  const app = await NestFactory.create<NestFastifyApplication>(rootModule, new FastifyAdapter(), { logger: false });
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const url = `${(await app.getUrl()).replace('http', 'ws')}/cart`;
  const client = new WebSocket(url, { headers: { 'x-user-id': 'johndoe' } });
  await once(client, 'open');
  return { app, calls: [(productId) => add(client, productId)], leave: () => client.close() };
});

async function add(client: WebSocket, productId: number): Promise<unknown> {
  const answered = once(client, 'message') as Promise<[Buffer]>;
  client.send(JSON.stringify({ event: 'add', data: { productId } }));
  const [message] = await answered;
  const { event, data } = JSON.parse(message.toString()) as { event: string; data: unknown };
  if (event !== 'added') throw new Error(event);
  return data;
}
