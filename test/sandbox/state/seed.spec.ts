import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, type SeedEvent } from 'nestjs-webengage/sandbox';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

describe('a seed', () => {
  const context = useSandbox();

  it('locks types, and is listed', async () => {
    await context.start({ licenseCode: '~abc', seed: [EVENT, { ...EVENT, eventName: 'Viewed' }] });
    expect(context.sandbox.events()).toMatchObject([{ id: 1, requestId: undefined, licenseCode: '~abc' }, { id: 2 }]);
    await context.call({ ...EVENT, eventData: { Price: 'x' } });
    expect(context.sandbox.events()[2]?.dropped).toMatchObject([{ rule: 'typeConflict' }]);
  });

  it('names an account for each event where the sandbox has none', async () => {
    await context.start({ seed: [{ ...EVENT, licenseCode: '~abc' }] });
    await context.call({ ...EVENT, eventData: { Price: 'x' } }, { account: '~other' });
    await context.call({ ...EVENT, eventData: { Price: 'x' } });
    expect(context.sandbox.events().map(({ dropped }) => dropped.length)).toEqual([0, 0, 1]);
  });

  it('takes no quota', async () => {
    await context.start({ licenseCode: '~abc', seed: Array.from({ length: 5 }, () => EVENT), quota: { single: 1 } });
    expect(await context.call()).toBe(201);
  });

  it('is judged as calls are', async () => {
    await context.start({ licenseCode: '~abc', seed: [{ ...EVENT, eventName: 'we_x' }] });
    expect(context.sandbox.arrivals()).toMatchObject([{ verdict: 'event dropped' }]);
  });

  it('is refused with every event that is wrong', async () => {
    const seed = [
      EVENT,
      { eventName: 'Viewed' },
      7,
      null,
      { ...EVENT, userId: 7, anonymousId: 'a' },
      [EVENT],
    ] as SeedEvent[];
    const error = await context.start({ licenseCode: '~abc', seed }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems).toEqual([
      { option: 'seed[1]', message: 'userId and anonymousId cannot be empty.' },
      { option: 'seed[2]', message: 'must be an object, but is a Number' },
      { option: 'seed[3]', message: 'must be an object, but is null' },
      { option: 'seed[4]', message: 'userId must be a String.' },
      { option: 'seed[5]', message: expect.stringContaining('must be a') as unknown as string },
    ]);
    await context.start();
  });

  it('is refused without an account', async () => {
    await expect(context.start({ seed: [EVENT] })).rejects.toThrow(/seed\[0\]: needs a licenseCode/);
    await context.start();
  });
});
