/** Runs tasks in their order, so many at one time; resolves with their results in that order. */
export async function runInLanes(tasks, lanes) {
  const results = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < tasks.length; index = next++) results[index] = await tasks[index]();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
