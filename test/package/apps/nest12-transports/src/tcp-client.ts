import type { AddressInfo, Server } from 'node:net';
import type { INestMicroservice } from '@nestjs/common';
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import type { CartLine } from './cart.js';

/** A client of a microservice that listens on a port of its own choice. */
export function clientOf(microservice: INestMicroservice): ClientProxy {
  const { port } = microservice.unwrap<Server>().address() as AddressInfo;
  return ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
}

/** Asks for an answer. */
export function send(client: ClientProxy, productId: number): Promise<CartLine> {
  return firstValueFrom(client.send<CartLine>('cart.add', { productId, userId: 'johndoe' }));
}
