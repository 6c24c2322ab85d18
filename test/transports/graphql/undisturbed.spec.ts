import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { describeUndisturbed } from '../support/undisturbed.js';
import { startGraphqlApp } from './graphql-app.js';
import { SHOP_SCHEMA, shopResolvers } from './shop.resolvers.js';

expectNoUnobservedErrors();

describeUndisturbed('GraphQL', async (track, webEngage) => {
  const app = await startGraphqlApp(SHOP_SCHEMA, { providers: shopResolvers(track) }, webEngage);
  return { ...app, ask: (handler) => app.query(`{ ${handler} { sku price } }`) };
});
