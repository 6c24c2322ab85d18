import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expectTracked, trackedEvents, WebEngageTestingModule } from 'nestjs-webengage/testing';
import { AppModule } from '../app.module.js';
import { Shopper } from '../visit/shopper.js';
import { AddedToCart } from './added-to-cart.event.js';

let app: INestApplication;
let shopper: Shopper;

beforeEach(async () => {
  const module = await WebEngageTestingModule.override(Test.createTestingModule({ imports: [AppModule] })).compile();
  app = module.createNestApplication({ logger: false, forceCloseConnections: true });
  await app.listen(0, '127.0.0.1');
  shopper = new Shopper(await app.getUrl());
});

afterEach(() => app.close());

it('tells WebEngage what a customer puts into the cart', async () => {
  await shopper.signIn('Ada');
  await shopper.call('POST', '/cart/lines', { productId: 1337, quantity: 2 });
  expectTracked(app, AddedToCart, { userId: '1', eventData: { productId: 1337, price: 39.8, quantity: 2 } });
});

it('tells it nothing of a line that was refused', async () => {
  await shopper.signIn('Ada');
  await expect(shopper.call('POST', '/cart/lines', { productId: 1337, quantity: 0 })).rejects.toThrow('400');
  expect(trackedEvents(app).all()).toEqual([]);
});
