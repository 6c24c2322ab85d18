import { BadRequestException, type Type } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { concat, EMPTY, of, throwError } from 'rxjs';
import type { Track } from '../support/transport-app.js';

export const SHOP_SCHEMA = `
  type Product { sku: ID!, price: Float, stock: Int!, seller: String }
  type Query {
    value: Product!
    products: [Product!]!
    nothing: Product
    mandatoryNothing: Product!
    promise: Product!
    observable: String!
    empty: String
    failsAfterOne: String
    error: Product
    graphqlError: Product
    httpException: Product
    rejection: Product
    notAnError: Product
    unserializable: Int
  }
  type Mutation { add(sku: ID!): Product!, fail(sku: ID!): Product! }
`;

interface Product {
  readonly sku: string;
  readonly price?: number;
}

const COLOGNE: Product = { sku: 'cologne', price: 39.8 };

/** Resolvers with one field for each way in which a resolver can answer; each decorated with an event of its name. */
export function shopResolvers(Track: Track): Type[] {
  @Resolver()
  class Shop {
    @Query() @Track('value') value(): Product {
      return COLOGNE;
    }

    @Query() @Track('products') products(): Product[] {
      return [COLOGNE, { sku: 'soap', price: 4 }, { sku: 'nothing left' }];
    }

    @Query() @Track('nothing') nothing(): null {
      return null;
    }

    @Query() @Track('mandatoryNothing') mandatoryNothing(): null {
      return null;
    }

    @Query() @Track('promise') async promise(): Promise<Product> {
      await new Promise((resolve) => setImmediate(resolve));
      return COLOGNE;
    }

    @Query() @Track('observable') observable(): unknown {
      return of('one', 'two', 'three');
    }

    @Query() @Track('empty') empty(): unknown {
      return EMPTY;
    }

    @Query() @Track('failsAfterOne') failsAfterOne(): unknown {
      return concat(
        of('one'),
        throwError(() => new Error('no more')),
      );
    }

    @Query() @Track('error') error(): never {
      throw new Error('out of stock');
    }

    @Query() @Track('graphqlError') graphqlError(): never {
      throw new GraphQLError('out of stock', { extensions: { code: 'OUT_OF_STOCK', sku: 'cologne' } });
    }

    @Query() @Track('httpException') httpException(): never {
      throw new BadRequestException('no such product');
    }

    @Query() @Track('rejection') async rejection(): Promise<never> {
      return Promise.reject(new Error('out of stock'));
    }

    @Query() @Track('notAnError') notAnError(): never {
      throw 'a string';
    }

    @Query() @Track('unserializable') unserializable(): string {
      return 'no number';
    }

    @Mutation() @Track('add') add(@Args('sku') sku: string): Product {
      return { sku, price: 1 };
    }

    @Mutation() @Track('fail') fail(@Args('sku') sku: string): never {
      throw new Error(`no ${sku} left`);
    }
  }

  @Resolver('Product')
  class Products {
    @ResolveField() @Track('stock') stock(@Parent() { sku }: Product): number {
      if (sku === 'nothing left') throw new Error('nobody has counted');
      return sku.length;
    }

    @ResolveField() @Track('seller') async seller(@Parent() { sku }: Product): Promise<string | null> {
      return sku === 'soap' ? null : 'Givenchy';
    }
  }

  return [Shop, Products];
}
