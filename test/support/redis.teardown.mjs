export default async function tearDownRedis() {
  await globalThis.redisOfTests?.stop();
}
