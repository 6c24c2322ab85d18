import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { describeUndisturbed } from '../support/undisturbed.js';
import { startGatewayApp } from './gateway-app.js';
import { shopGateway } from './shop.gateway.js';

expectNoUnobservedErrors();

describeUndisturbed('a WebSocket', async (track, webEngage) => {
  const app = await startGatewayApp('Express', { providers: [shopGateway(track)] }, webEngage);
  return {
    ...app,
    ask: async (message) => {
      const client = await app.connect();
      client.send(message);
      const frames = [...(await client.received(1))];
      await client.leave();
      return frames;
    },
  };
});
