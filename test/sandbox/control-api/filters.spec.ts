import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

describe('the filters of GET /api/events', () => {
  const context = useSandbox();

  beforeEach(async () => {
    await context.call({ ...EVENT, userId: 'MaryAnn', anonymousId: 'visitor' }, { requestId: 'abcdef' });
    await context.call({ anonymousId: 'Visitor-7', eventName: 'Viewed', eventData: { Note: 'say "hello"\\now' } });
    await context.call({ ...EVENT, eventName: 'we_x' });
    await context.call({ userId: 'mary', eventName: 'Purchased', evenData: 1 });
    await context.call({ userId: 7, eventName: ['Viewed'], eventData: 'a text' });
  });

  const ids = async (query: Record<string, string>) => {
    const { status, body } = await context.ask('GET', `/api/events?${new URLSearchParams(query).toString()}`);
    expect(status).toBe(200);
    return body.events.map(({ id }: { id: number }) => id);
  };

  it.each<[Record<string, string>, number[]]>([
    [{ eventContains: 'VIEW' }, [2, 5]],
    [{ eventContains: 'to cart' }, [1]],
    [{ eventContains: 'johndoe' }, []],
    [{ userContains: 'mary' }, [1, 4]],
    [{ userContains: 'visitor' }, [2]],
    [{ userContains: '7' }, [2, 5]],
    [{ eventContains: 'e', userContains: 'ann' }, [1]],
    [{ problems: 'true' }, [3, 4, 5]],
    [{ problems: 'false' }, [1, 2, 3, 4, 5]],
    [{ problems: 'true', userContains: 'MARY' }, [4]],
    [{ text: 'say "HELLO"' }, [2]],
    [{ text: '"hello"\\now' }, [2]],
    [{ text: 'abcDEF' }, [1]],
    [{ text: '~abc' }, [1, 2, 3, 4, 5]],
    [{ text: 'unknownField' }, [4]],
    [{ text: 'event dropped' }, [3]],
    [{ text: 'a text' }, [5]],
    // What was found wrong with these two names the field.
    [{ text: 'eventname' }, [3, 4]],
    [{ text: 'attemptCount' }, []],
    [{ text: 'receivedAt' }, []],
    [{ text: 'requestId' }, []],
  ])('find with %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it('export what they find', async () => {
    const response = await fetch(`${context.sandbox.url}/api/events.jsonl?problems=true&eventContains=we_`);
    const lines = (await response.text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual([3]);
  });

  it.each(['1', 'yes', 'TRUE'])('refuse %p for a switch', async (given) => {
    for (const path of ['/api/events', '/api/events.jsonl', '/api/events/next']) {
      const { status, body } = await context.ask('GET', `${path}?problems=${given}`);
      expect(status).toBe(400);
      expect(body.problems).toEqual([{ path: 'problems', message: 'must be true or false' }]);
    }
  });
});
