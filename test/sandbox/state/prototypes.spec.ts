import { describe, expect, it } from '@jest/globals';
import { deepStrictEqual } from 'node:assert';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

describe('what an event shows', () => {
  const context = useSandbox();

  it('equals literal objects, however strictly it is compared', async () => {
    await context.call({ ...EVENT, eventData: { Price: 1, Bad: null } });
    const [event] = context.sandbox.events();
    const [arrival] = context.sandbox.arrivals();
    deepStrictEqual(event?.kept, { Price: 1 });
    deepStrictEqual(arrival?.types, { Price: 'Number' });
    expect(event?.kept).toStrictEqual({ Price: 1 });
  });

  it('has nothing in it of an event that is dropped', async () => {
    await context.call({ ...EVENT, eventName: 'we_x' });
    deepStrictEqual(context.sandbox.events()[0]?.kept, {});
  });

  it('has attributes with the names of built-in properties as its own', async () => {
    const eventData = '{"__proto__":1,"constructor":"x"}';
    await context.call(`{"userId":"a","eventName":"Viewed","eventData":${eventData}}`);
    const [event] = context.sandbox.events();
    const [arrival] = context.sandbox.arrivals();
    deepStrictEqual(event?.kept, JSON.parse(eventData));
    deepStrictEqual(arrival?.types, JSON.parse('{"__proto__":"Number","constructor":"String"}'));
    expect(JSON.stringify(event?.kept)).toBe(eventData);
    for (const shown of [event?.kept, arrival?.types]) expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
  });
});
