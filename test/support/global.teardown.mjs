export default async function tearDown() {
  await globalThis.redisOfTests?.stop();
}
