import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { type Track, untracked } from '../support/transport-app.js';
import { type GraphqlApp, startGraphqlApp } from './graphql-app.js';
import { SHOP_SCHEMA, shopResolvers } from './shop.resolvers.js';

const COLOGNE = '{"sku":"cologne","price":39.8}';
const tracked: Track = (eventName) =>
  TrackEvent(eventName, { eventData: ({ result }: TrackEventContext) => ({ Result: String(JSON.stringify(result)) }) });

/** A document, something that its response holds, and the events that it makes: names and results. */
const rows: [document: string, holds: string, events: [eventName: string, result: string][]][] = [
  ['{ value { sku } }', '{"data":{"value":{"sku":"cologne"}}}', [['value', COLOGNE]]],
  ['{ nothing { sku } }', '{"data":{"nothing":null}}', [['nothing', 'null']]],
  ['{ promise { sku price } }', '"price":39.8', [['promise', COLOGNE]]],
  ['{ observable }', '{"data":{"observable":"three"}}', [['observable', '"three"']]],
  ['mutation { add(sku: "soap") { sku } }', '"sku":"soap"', [['add', '{"sku":"soap","price":1}']]],

  // A resolver that fails makes none.
  ['{ empty }', 'no elements in sequence', []],
  ['{ failsAfterOne }', 'no more', []],
  ['{ error { sku } }', 'out of stock', []],
  ['{ graphqlError { sku } }', 'OUT_OF_STOCK', []],
  ['{ httpException { sku } }', 'no such product', []],
  ['{ rejection { sku } }', 'out of stock', []],
  ['{ notAnError { sku } }', 'a string', []],
  ['mutation { fail(sku: "soap") { sku } }', 'no soap left', []],

  // A resolver succeeds although GraphQL cannot use what it gives.
  ['{ mandatoryNothing { sku } }', 'Cannot return null', [['mandatoryNothing', 'null']]],
  ['{ unserializable }', 'Int cannot represent', [['unserializable', '"no number"']]],

  // Each resolver is called for itself.
  [
    '{ one: value { sku } other: value { price } none: nothing { sku } }',
    '{"data":{"one":{"sku":"cologne"},"other":{"price":39.8},"none":null}}',
    [
      ['nothing', 'null'],
      ['value', COLOGNE],
      ['value', COLOGNE],
    ],
  ],
  [
    '{ value { sku } error { sku } observable }',
    '"error":null',
    [
      ['observable', '"three"'],
      ['value', COLOGNE],
    ],
  ],
  [
    'mutation { one: add(sku: "soap") { sku } other: add(sku: "cologne") { sku } }',
    '{"data":{"one":{"sku":"soap"},"other":{"sku":"cologne"}}}',
    [
      ['add', '{"sku":"cologne","price":1}'],
      ['add', '{"sku":"soap","price":1}'],
    ],
  ],
  [
    '{ value { stock sellerOfIt: seller seller } }',
    '{"data":{"value":{"stock":7,"sellerOfIt":"Givenchy","seller":"Givenchy"}}}',
    [
      ['seller', '"Givenchy"'],
      ['seller', '"Givenchy"'],
      ['stock', '7'],
      ['value', COLOGNE],
    ],
  ],
  [
    '{ products { seller stock } }',
    'nobody has counted',
    [
      ['products', '[{"sku":"cologne","price":39.8},{"sku":"soap","price":4},{"sku":"nothing left"}]'],
      ['seller', '"Givenchy"'],
      ['seller', '"Givenchy"'],
      ['seller', 'null'],
      ['stock', '4'],
      ['stock', '7'],
    ],
  ],

  // A request that reaches no resolver.
  ['{ nothing', 'Syntax Error', []],
  ['{ unknown }', 'Cannot query field', []],
  ['{ __typename }', '{"data":{"__typename":"Query"}}', []],
];

expectNoUnobservedErrors();

describe('a decorated resolver answers as undecorated', () => {
  let plain: GraphqlApp;
  let decorated: GraphqlApp;

  const start = (track: Track, enabled = true) =>
    startGraphqlApp(
      SHOP_SCHEMA,
      { providers: shopResolvers(track) },
      { enabled },
      { fieldResolverEnhancers: ['interceptors'] },
    );

  beforeAll(async () => {
    plain = await start(untracked);
    decorated = await start(tracked);
  });

  afterAll(async () => {
    await plain.close();
    await decorated.close();
  });

  it.each(rows)('%s', async (document, holds, events) => {
    const expected = await plain.query(document);
    const outcome = await decorated.outcomeOf(() => decorated.query(document));
    const seen = outcome.events.map(({ userId, eventName, eventData }) => [userId, eventName, eventData?.Result]);

    expect(expected.body).toContain(holds);
    expect(outcome.value).toEqual(expected);
    expect(seen.sort()).toEqual(events.map(([eventName, result]) => ['42', eventName, result]));
    expect(outcome.counts).toEqual(counts({ accepted: events.length, delivered: events.length }));
  });

  it('with enabled: false, without an event', async () => {
    const disabled = await start(tracked, false);
    for (const [document, , events] of rows) {
      const outcome = await disabled.outcomeOf(() => disabled.query(document));

      expect(outcome.value).toEqual(await plain.query(document));
      expect(outcome.counts).toEqual(counts({ skipped: events.length }));
    }
    expect(disabled.sandbox.events()).toEqual([]);
    await disabled.close();
  });
});

describe('a decorated field resolver', () => {
  it('makes no event unless the application lets interceptors see fields', async () => {
    const app = await startGraphqlApp(SHOP_SCHEMA, { providers: shopResolvers(tracked) });
    const outcome = await app.outcomeOf(() => app.query('{ value { stock } }'));

    expect(outcome.value.body).toBe('{"data":{"value":{"stock":7}}}\n');
    expect(outcome.events.map(({ eventName }) => eventName)).toEqual(['value']);
    await app.close();
  });
});
