import {
  assertNoTimerIsLeft,
  assertOneCopyOfBullMq,
  assertPeersAreNotLoaded,
  checkDurableDelivery,
  checkOwnClient,
} from './durable/durable-checks';

// Nothing here ends the process: when all is closed it must end by itself.
async function main() {
  assertPeersAreNotLoaded();
  await assertOneCopyOfBullMq();
  assertPeersAreNotLoaded();
  await checkDurableDelivery();
  await checkOwnClient();
  await assertNoTimerIsLeft();
}

void main();
