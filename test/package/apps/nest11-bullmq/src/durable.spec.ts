import { checkDurableDelivery, checkOwnClient } from './durable/durable-checks';

describe('durable delivery of Nest 11 under its stock Jest', () => {
  it('goes from a producer to a worker', checkDurableDelivery, 30_000);
  it("goes over the application's own client", checkOwnClient, 30_000);
});
