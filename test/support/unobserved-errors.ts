import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { runInThisContext } from 'node:vm';

const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;

/** Fails each test of the spec file that calls it during which something rejects or throws that nobody observes. */
export function expectNoUnobservedErrors(): void {
  // The process that Jest shows to tests is a copy that hears of neither.
  const realProcess = runInThisContext('process') as NodeJS.Process;
  // Jest would blame such an error on every test of the file.
  const listenersOfJest = new Map(EVENTS.map((event) => [event, realProcess.listeners(event as 'exit')]));
  let unobserved: unknown[] = [];
  const remember = (error: unknown) => void unobserved.push(error);

  beforeAll(() => {
    for (const event of EVENTS) realProcess.removeAllListeners(event).on(event, remember);
  });

  afterEach(async () => {
    // Rejections are reported at the end of a turn of the event loop.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const found = unobserved;
    unobserved = [];
    expect(found).toEqual([]);
  });

  afterAll(() => {
    for (const event of EVENTS) {
      realProcess.removeAllListeners(event);
      for (const listener of listenersOfJest.get(event) ?? []) realProcess.on(event as 'exit', listener);
    }
    expect(unobserved).toEqual([]);
  });
}
