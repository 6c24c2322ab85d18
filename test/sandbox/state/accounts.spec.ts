import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { EVENT, SandboxContext, useSandbox } from '../../support/sandbox-context.js';

const A_NUMBER = { ...EVENT, eventData: { Price: 1 } };
const A_STRING = { ...EVENT, eventData: { Price: 'x' } };

describe('accounts', () => {
  const context = useSandbox({ quota: { single: 2 } });

  it('have a quota and types of their own, and are shown the last one first', async () => {
    expect(await context.call(A_NUMBER, { account: '~one' })).toBe(201);
    expect(await context.call(A_NUMBER, { account: '~one' })).toBe(201);
    expect(await context.call(A_NUMBER, { account: '~one' })).toBe(429);
    expect(await context.call(A_STRING, { account: '~two' })).toBe(201);
    const { quota } = context.sandbox.snapshot();
    expect(quota.map(({ licenseCode, single }) => [licenseCode, single.used, single.limit])).toEqual([
      ['~two', 1, 2],
      ['~one', 2, 2],
    ]);
    expect(context.sandbox.types().map(({ licenseCode, attributes }) => [licenseCode, attributes[0]?.type])).toEqual([
      ['~one', 'Number'],
      ['~two', 'String'],
    ]);
  });

  it('are twenty at most: the one that was used the longest ago is forgotten', async () => {
    await context.call(A_NUMBER, { account: '~first', requestId: 'a' });
    await context.call(A_NUMBER, { account: '~second', requestId: 'a' });
    for (let index = 0; index < 18; index++) await context.call(EVENT, { account: `~${index}` });
    await context.call(A_NUMBER, { account: '~first', requestId: 'b' });
    await context.call(EVENT, { account: '~last' });
    expect(context.sandbox.snapshot().quota).toHaveLength(20);
    const known = context.sandbox.types().map(({ licenseCode }) => licenseCode);
    expect([known.includes('~first'), known.includes('~second'), known.includes('~last')]).toEqual([true, false, true]);
    // What it learnt of the first is still known.
    context.time += 60_000;
    await context.call(A_STRING, { account: '~first', requestId: 'c' });
    expect(context.sandbox.events().at(-1)?.dropped).toMatchObject([{ rule: 'typeConflict' }]);
  });

  it('are the same whether their name is encoded or not', async () => {
    await context.start({ licenseCode: '~abc' });
    expect(await context.call(A_NUMBER, { account: '%7Eabc', requestId: 'a' })).toBe(201);
    expect(await context.call(A_NUMBER, { account: '~abc', requestId: 'a' })).toBe(201);
    expect(await context.call(A_NUMBER, { account: '%7eabd' })).toBe(404);
    expect(await context.call(A_NUMBER, { account: '%E0%A4' })).toBe(404);
    expect(context.sandbox.arrivals()[0]).toMatchObject({ licenseCode: '~abc', verdict: 'kept', attemptCount: 2 });
    expect(context.sandbox.snapshot().quota.map(({ licenseCode }) => licenseCode)).toEqual(['~abc']);
  });

  it('use up the quota of their window by the clock, whichever way it is moved', async () => {
    const used = () => context.sandbox.snapshot().quota[0]?.single;
    await context.call();
    expect(used()).toEqual({ limit: 2, used: 1, resetsAt: context.time + 60_000 });
    context.sandbox.clock.advance(59_999);
    expect(used()).toMatchObject({ used: 1 });
    context.sandbox.clock.advance(1);
    expect(used()).toEqual({ limit: 2, used: 0, resetsAt: context.time + 120_000 });
    context.sandbox.clock.set('2020-01-01T00:00:30Z');
    expect(used()).toEqual({ limit: 2, used: 0, resetsAt: Date.parse('2020-01-01T00:01:00Z') });
    expect(await context.call()).toBe(201);
  });
});

describe('many sandboxes', () => {
  it('run side by side and know nothing of one another', async () => {
    const contexts = Array.from({ length: 12 }, () => new SandboxContext());
    await Promise.all(contexts.map((context, index) => context.start({ apiKey: 'key', maxEvents: index + 1 })));
    await Promise.all(contexts.map((context, index) => context.call({ ...EVENT, userId: `${index}` })));
    contexts[0]?.sandbox.faults.add({ status: 503 });
    contexts[1]?.sandbox.clock.set('2020-01-01T00:00:00Z');
    expect(new Set(contexts.map(({ sandbox }) => sandbox.url)).size).toBe(12);
    expect(contexts.map(({ sandbox }) => sandbox.events().map(({ userId }) => userId))).toEqual(
      contexts.map((_, index) => [`${index}`]),
    );
    expect(await contexts[2]?.call()).toBe(201);
    expect(contexts[2]?.sandbox.snapshot()).toMatchObject({ clockStopped: false, faults: [] });
    await Promise.all(contexts.map(({ sandbox }) => sandbox.close()));
  });

  it('rejects wrong options all at once', async () => {
    const options = { port: -1, host: '', quota: { single: 1.5 }, maxEvents: NaN, seed: {} as [] };
    const problems = await WebEngageSandbox.start(options).catch((error: { problems: { option: string }[] }) => error);
    const named = (problems as { problems: { option: string }[] }).problems.map(({ option }) => option);
    expect(named.sort()).toEqual(['host', 'maxEvents', 'port', 'quota.single', 'seed']);
  });

  it('rejects options that there are not', async () => {
    const options = { maxEvent: 5, ['a\nb']: 1, constructor: 1 } as object;
    const error = await WebEngageSandbox.start(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems).toEqual([
      { option: '"maxEvent"', message: 'is no option of the sandbox' },
      { option: '"a\\nb"', message: 'is no option of the sandbox' },
      { option: '"constructor"', message: 'is no option of the sandbox' },
    ]);
  });
});
