import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type EventData, IsEventData, IsEventName, IsEventTime, IsUserIdentifier } from 'nestjs-webengage';

type Many<Value> = readonly Value[] | ReadonlySet<Value> | ReadonlyMap<unknown, Value>;

class Lists {
  @IsUserIdentifier({ each: true })
  customers: Many<unknown> = [];

  @IsEventName({ each: true })
  titles: Many<unknown> = [];

  @IsEventTime({ each: true })
  times: Many<unknown> = [];

  @IsEventData({ each: true })
  items: Many<EventData | null> = [];
}

class ListWithMessage {
  @IsEventName({ each: true, message: 'each of $property must be a name' })
  titles: unknown[] = [];
}

async function messagesFor(fields: object): Promise<string[]> {
  const errors = await validate(Object.assign(new Lists(), fields));
  return errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
}

describe('the decorators with each: true', () => {
  it.each<[string, object]>([
    ['nothing', {}],
    ['arrays', { customers: ['a', 'b'], titles: ['x', 'y'], times: [new Date(0)], items: [{}, { Price: 1 }] }],
    ['Sets', { customers: new Set(['a']), titles: new Set(['x']), times: new Set(['2018-09-15T18:29Z']) }],
    ['Maps', { customers: new Map([[1, 'a']]), titles: new Map([[1, 'x']]), items: new Map([[1, { Price: 1 }]]) }],
  ])('take %s of what keeps the rules', async (_, fields) => {
    expect(await messagesFor(fields)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['customers', { customers: ['a', ''] }, 'must not be blank, but is empty'],
    ['customers', { customers: ['a', 'u'.repeat(101)] }, 'must have at most 100 characters, but has 101'],
    ['customers', { customers: new Set(['a', 7]) }, 'must be a String, but is a Number'],
    ['titles', { titles: ['x', 'y'.repeat(50)] }, 'must be shorter than 50 characters, but has 50'],
    ['titles', { titles: ['we_x', 'x'] }, 'must not start with "we_"'],
    ['titles', { titles: new Map([[1, 'app_installed']]) }, 'must not be the name of a system event'],
    ['times', { times: [new Date(0), 'yesterday'] }, 'is "yesterday"'],
    ['times', { times: [null] }, 'but is null'],
    ['items', { items: [{}, { Price: null }] }, '["Price"] must be a String, Number'],
    ['items', { items: [{}, null] }, 'must be a plain object of attributes by name, but is null'],
    ['items', { items: new Set([{ we_x: 1 }]) }, 'must not start with "we_"'],
  ])('name the rule that one of many %s breaks', async (property, fields, problem) => {
    const messages = await messagesFor(fields);
    expect(messages).toEqual([expect.stringContaining(problem)]);
    expect(messages[0]).toMatch(new RegExp(`^(each value in )?${property}`));
  });

  it('name the rules of all that are wrong', async () => {
    const [message] = await messagesFor({ titles: ['', 'x', 'we_x', 'y'.repeat(50)] });
    for (const part of ['is empty', 'we_x', 'has 50']) expect(message).toContain(part);
  });

  it('judge a single value as it is', async () => {
    expect(await messagesFor({ titles: 'x', customers: 'a' })).toEqual([]);
    expect(await messagesFor({ titles: 'we_x' })).toEqual([expect.stringMatching(/^titles must not start with "we_"/)]);
  });

  it('may have a message of their own', async () => {
    const [error] = await validate(Object.assign(new ListWithMessage(), { titles: ['we_'] }));
    expect(Object.values(error?.constraints ?? {})).toEqual(['each of titles must be a name']);
  });

  it('leave each eventData untouched by plainToInstance', () => {
    const items: EventData[] = [{ toString: 1 }, { Item: { valueOf: 2 } }];
    expect(plainToInstance(Lists, { items }).items).toBe(items);
  });
});
