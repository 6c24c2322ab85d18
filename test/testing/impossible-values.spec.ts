import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { EventsService } from 'nestjs-webengage';
import {
  TestingError,
  type TrackedMatch,
  webEngageMatchers,
  type WebEngageMatchers,
  WebEngageTestingModule,
} from 'nestjs-webengage/testing';

expect.extend(webEngageMatchers);

const expectApp = expect as unknown as (
  received: unknown,
) => WebEngageMatchers<void> & { not: WebEngageMatchers<void> };

describe('with .not, what is expected of eventData', () => {
  let module: TestingModule;

  beforeEach(async () => {
    module = await Test.createTestingModule({ imports: [WebEngageTestingModule.forRoot()] }).compile();
    const eventData = { Price: 1, Tree: { Name: 'root', Sizes: [1, 2] } };
    await module.get(EventsService).track({ userId: '1', eventName: 'Viewed', eventData });
  });

  afterEach(() => module.close());

  const withData = (eventData: object): TrackedMatch => ({ eventData });
  const expectNot = (eventData: object) => expectApp(module).not.toHaveTracked('Viewed', withData(eventData));

  it.each<[string, object, string]>([
    ['null', { Price: null }, 'eventData["Price"] is expected to be null'],
    ['Infinity', { Price: Infinity }, 'eventData["Price"] is expected to be'],
    ['a function', { Price: () => 1 }, 'eventData["Price"] is expected to be'],
    ['a bigint', { Price: 1n }, 'eventData["Price"] is expected to be'],
    ['a symbol in a list', { Sizes: [1, Symbol('x')] }, 'eventData["Sizes"][1] is expected to be'],
    ['a Map', { Tree: { Branches: new Map() } }, 'eventData["Tree"]["Branches"] is expected to be'],
    ['an invalid Date', { Tree: [{ At: new Date(NaN) }] }, 'eventData["Tree"][0]["At"] is expected to be'],
    ['a pattern behind a matcher', { Price: expect.any(Number), Name: /x/ }, 'eventData["Name"] is expected to be'],
  ])('must not be %s: the test could never fail', (_what, eventData, message) => {
    const notTracked = () => expectNot(eventData);
    expect(notTracked).toThrow(TestingError);
    expect(notTracked).toThrow(message);
    const none = () => expectApp(module).toHaveTrackedTimes('Viewed', 0, withData(eventData));
    expect(none).toThrow(message);
  });

  it('may hold itself', () => {
    const tree: Record<string, unknown> = { Name: 'other' };
    Object.assign(tree, { Parent: tree, Children: [tree, [tree]] });
    expectNot({ Tree: tree });
    expect(() => expectNot({ Tree: Object.assign(tree, { Price: NaN }) })).toThrow(
      'eventData["Tree"]["Price"] is expected to be NaN',
    );
  });

  it('may hold the same object twice', () => {
    const sizes = [1, 2];
    expectNot({ Sizes: sizes, Tree: { Sizes: sizes } });
  });

  it('may hold matchers at any depth, and a matcher may stand for all of it', () => {
    expectNot({ Tree: { Sizes: [expect.any(String), expect.anything()] } });
    expectNot({ Price: expect.stringMatching(/x/) });
    expectNot(expect.objectContaining({ Price: null }));
    expectApp(module).toHaveTracked('Viewed', withData({ Tree: { Name: 'root', Sizes: [expect.any(Number), 2] } }));
  });

  it('may say that an attribute is absent, or when it was', () => {
    expectNot({ Price: undefined });
    expectNot({ At: new Date(0), Price: 1 });
    expectApp(module).toHaveTracked('Viewed', withData({ Other: undefined, Price: 1 }));
  });
});
