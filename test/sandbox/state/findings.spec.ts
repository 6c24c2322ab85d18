import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const NOBODY = 'Error: userId and anonymousId cannot be empty.';

describe('a finding', () => {
  const context = useSandbox();
  const findings = () => context.sandbox.arrivals().map((arrival) => arrival.findings);

  it('says that a fault refused the call, and that nothing is wrong with it', async () => {
    const { description } = context.sandbox.faults.add({ status: 401, calls: 1 });
    expect(await context.call()).toBe(401);
    expect(findings()).toEqual([
      [
        {
          path: 'call',
          rule: 'fault',
          message: `A fault of the sandbox ${description}`,
          fix: expect.stringMatching(/^Nothing is wrong with the call/) as unknown,
        },
      ],
    ]);
  });

  it('says of each event of a bulk call which of them is wrong', async () => {
    expect(await context.call([EVENT, { eventName: 'Viewed' }, EVENT], { bulk: true })).toBe(400);
    const [[before], [wrong], [after]] = findings();
    expect(wrong).toMatchObject({
      path: 'events[1]',
      rule: 'refused',
      message: `The bulk call was answered with 400: ${NOBODY}`,
      fix: expect.stringMatching(/^Mend the body/) as unknown,
    });
    expect(before).toMatchObject({
      path: 'events[1]',
      rule: 'refused',
      message: `The bulk call was answered with 400, for its event events[1] is wrong: ${NOBODY}`,
      fix: expect.stringMatching(/^Nothing is wrong with this event: mend events\[1\]/) as unknown,
    });
    expect(after).toEqual(before);
  });

  it('is about the call where no event of it is to blame', async () => {
    const answer = await context.respond(
      Array.from({ length: 26 }, () => EVENT),
      { bulk: true },
    );
    expect(answer.status).toBe(400);
    expect(new Set(findings().map(([finding]) => finding?.path))).toEqual(new Set(['call']));
  });

  it.each([
    ['{"userId":"secret-one",, "eventName":"Viewed"}', 24],
    ['{"userId":"a" "secret":1}', 15],
  ])('says where %j stops being JSON, and nothing of what stands there', async (body, character) => {
    const response = await context.respond(body);
    expect([response.status, await response.text()]).toEqual([400, expect.not.stringContaining('character')]);
    const [[finding]] = findings();
    expect(finding?.message).toBe(
      `It was answered with 400: Error: the body must be valid JSON. (at character ${character})`,
    );
    expect(JSON.stringify(context.sandbox.arrivals())).not.toContain('secret');
  });

  it('takes no place from what stands in the body', async () => {
    await context.call('at position 7');
    expect(findings()[0]?.[0]?.message).toBe('It was answered with 400: Error: the body must be valid JSON.');
  });

  it('tells a field that is none of an event, which is kept all the same', async () => {
    expect(await context.call({ userId: 'a', eventName: 'Viewed', evenData: { Price: 1 }, zzzzzzzzzz: 1 })).toBe(201);
    expect(context.sandbox.arrivals()).toMatchObject([
      {
        verdict: 'kept',
        findings: [
          {
            path: '"evenData"',
            rule: 'unknownField',
            message: '"evenData" is no field of an event: WebEngage ignores it',
            fix: expect.stringMatching(/^Did you mean eventData\? /) as unknown,
          },
          { path: '"zzzzzzzzzz"', fix: expect.stringMatching(/^Attributes belong into eventData\. /) as unknown },
        ],
      },
    ]);
    expect(context.sandbox.events()).toMatchObject([{ dropped: [], kept: {} }]);
    expect(context.sandbox.snapshot().counts).toMatchObject({ dropped: 0, damaged: 0 });
  });

  it('of an unknown field stands beside what is dropped, and in bulk with its own event', async () => {
    await context.call([EVENT, { ...EVENT, eventName: 'we_x', name: 1 }], { bulk: true });
    expect(findings().map((found) => found.map(({ rule }) => rule))).toEqual([[], ['reservedPrefix', 'unknownField']]);
  });

  it('of unknown fields there are ten at most', async () => {
    await context.call({ ...EVENT, ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`x${index}`, 1])) });
    expect(findings()[0]).toHaveLength(10);
  });

  it('of an unknown field is not told of a seed, which may be an export', async () => {
    const exported = { ...EVENT, id: 1, verdict: 'kept', licenseCode: '~abc' };
    await context.start({ seed: [exported] });
    expect(context.sandbox.arrivals()).toMatchObject([{ verdict: 'kept', findings: [] }]);
  });
});
