/** Something that takes longer than so many milliseconds is taken to happen never. */
const PATIENCE = 12_000;
const LOOK_EVERY = 5;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves as soon as it is so; rejects, and says what was waited for, if it does not come to be. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It did not come to be: ${what}`);
    await pause(LOOK_EVERY);
  }
}
