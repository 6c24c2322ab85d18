import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Payload, type TcpContext, Transport } from '@nestjs/microservices';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { addToCart, type CartLine, eventData } from './cart.js';
import { checkTransport } from './shared/transport-checks.js';
import { clientOf, send } from './tcp-client.js';

interface Message {
  productId: number;
  userId: string;
}

@Controller()
class CartController {
  @MessagePattern('cart.add')
  @TrackEvent('Added to Cart', {
    userId: ({ executionContext }: TrackEventContext<CartLine, TcpContext>) =>
      executionContext.switchToRpc().getData<Message>().userId,
    eventData,
  })
  add(@Payload() { productId }: Message): CartLine {
    return addToCart(productId);
  }
}

@Module({ controllers: [CartController] })
class CartModule {}

await checkTransport('a microservice over TCP', async (webEngage) => {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    { module: CartModule, imports: [webEngage] },
    { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 }, logger: false },
  );
  await app.listen();
  const client = clientOf(app);
  return { app, calls: [(productId) => send(client, productId)], leave: () => client.close() };
});
