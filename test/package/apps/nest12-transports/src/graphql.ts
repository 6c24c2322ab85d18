import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Args, Field, Float, GraphQLModule, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { addToCart, type CartLine, eventData } from './cart.js';
import { checkTransport } from './shared/transport-checks.js';

@ObjectType()
class Line implements CartLine {
  @Field(() => Int) productId!: number;
  @Field(() => Float) price!: number;
}

@Resolver()
class CartResolver {
  @Mutation(() => Line)
  @TrackEvent('Added to Cart', {
    userId: ({ request }: TrackEventContext<Line, FastifyRequest>) => String(request.headers['x-user-id']),
    eventData,
  })
  add(@Args('productId', { type: () => Int }) productId: number): Line {
    return addToCart(productId);
  }

  @Query(() => Int)
  lines(): number {
    return 0;
  }
}

@Module({
  imports: [
    // The context is Mercurius's own, which holds the reply.
    GraphQLModule.forRoot<MercuriusDriverConfig>({ driver: MercuriusDriver, autoSchemaFile: true }),
  ],
  providers: [CartResolver],
})
class CartModule {}

await checkTransport('GraphQL by Mercurius, on Fastify', async (webEngage) => {
  const rootModule = { module: CartModule, imports: [webEngage] };
  const app = await NestFactory.create<NestFastifyApplication>(rootModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/graphql`;
  return { app, calls: [(productId) => add(url, productId)] };
});

async function add(url: string, productId: number): Promise<unknown> {
  const query = 'mutation ($productId: Int!) { add(productId: $productId) { productId price } }';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': 'johndoe' },
    body: JSON.stringify({ query, variables: { productId } }),
  });
  const { data, errors } = (await response.json()) as { data: { add: unknown } | null; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data?.add;
}
