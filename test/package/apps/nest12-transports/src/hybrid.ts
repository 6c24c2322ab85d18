import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Payload, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TrackEvent } from 'nestjs-webengage';
import { addToCart, type CartLine, eventData } from './cart.js';
import { checkTransport } from './shared/transport-checks.js';
import { clientOf, send } from './tcp-client.js';

@Controller('cart')
class CartController {
  /** One handler for both: over HTTP it is called with the body, over TCP with the message. */
  @Post()
  @MessagePattern('cart.add')
  @TrackEvent('Added to Cart', { userId: 'johndoe', eventData })
  add(@Body() @Payload() { productId }: { productId: number }): CartLine {
    return addToCart(productId);
  }
}

@Module({ controllers: [CartController] })
class CartModule {}

await checkTransport('a hybrid application: HTTP and TCP', async (webEngage) => {
  const rootModule = { module: CartModule, imports: [webEngage] };
  const app = await NestFactory.create<NestFastifyApplication>(rootModule, new FastifyAdapter(), { logger: false });
  const microservice = app.connectMicroservice<MicroserviceOptions>({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: 0 },
  });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/cart`;
  const client = clientOf(microservice);
  return {
    app,
    calls: [(productId) => post(url, productId), (productId) => send(client, productId)],
    leave: () => client.close(),
  };
});

async function post(url: string, productId: number): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ productId }) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
