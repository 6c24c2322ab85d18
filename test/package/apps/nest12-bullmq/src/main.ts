import {
  assertNoTimerIsLeft,
  assertOneCopyOfBullMq,
  assertPeersAreNotLoaded,
  checkDurableDelivery,
  checkOwnClient,
} from './durable/durable-checks.js';

// Nothing here ends the process: when all is closed it must end by itself.
assertPeersAreNotLoaded();
await assertOneCopyOfBullMq();
assertPeersAreNotLoaded();
await checkDurableDelivery();
await checkOwnClient();
await assertNoTimerIsLeft();
