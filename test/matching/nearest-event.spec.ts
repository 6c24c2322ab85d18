import { describe, expect, it } from '@jest/globals';
import { nearestEvent } from '../../lib/matching/nearest-event.js';

function event(eventName: string, eventData?: object, userId = '1') {
  return { userId, eventName, ...(eventData && { eventData }) };
}

describe('the nearest event', () => {
  it('is none of no events', () => {
    expect(nearestEvent([], { eventName: 'Viewed' })).toBeUndefined();
  });

  it('has the same name, even if another has more in common', () => {
    const events = [event('Viewed', {}, '2'), event('Viewed!', { Price: 1 }), event('Purchased', { Price: 1 })];
    const match = { eventName: 'Viewed', userId: '1', eventData: { Price: 1 } };
    expect(nearestEvent(events, match)).toBe(events[0]);
  });

  it.each([
    ['another case', 'added to cart'],
    ['other punctuation', 'added-to-cart'],
    ['a slip', 'Aded to Cart'],
    ['letters swapped', 'Added ot Cart'],
  ])('has a name like it: %s', (_what, name) => {
    const events = [event('Purchased', { Price: 1 }), event(name), event('Removed from Cart', { Price: 1 })];
    expect(nearestEvent(events, { eventName: 'Added to Cart', eventData: { Price: 1 } })).toBe(events[1]);
  });

  it('has the most fields and attributes as expected, and came last among such', () => {
    const events = [
      event('Viewed', { Price: 1, Currency: 'USD' }),
      event('Viewed', { Price: 1, Currency: 'EUR' }, '2'),
      event('Viewed', { Price: 2, Currency: 'USD' }, '2'),
      event('Viewed', { Price: 1, Currency: 'USD' }),
      event('Viewed', { Price: 2, Currency: 'EUR' }, '2'),
    ];
    const match = { eventName: 'Viewed', userId: '1', eventData: { Price: 1, Currency: 'USD', Quantity: 1 } };
    expect(nearestEvent(events, match)).toBe(events[3]);
    expect(nearestEvent(events, { ...match, userId: '2', eventData: { Currency: 'EUR' } })).toBe(events[4]);
  });

  it('is any event where no name is like it', () => {
    const events = [event('Purchased', { Price: 1 }), event('Left', { Price: 2 })];
    expect(nearestEvent(events, { eventName: 'Viewed', eventData: { Price: 1 } })).toBe(events[0]);
  });

  it('is found by matchers too', () => {
    const events = [event('Purchased', { Price: 1 }), event('Viewed', { Price: 2 }), event('Left')];
    expect(nearestEvent(events, { eventName: expect.stringContaining('View') })).toBe(events[1]);
    expect(nearestEvent(events, { eventData: expect.objectContaining({ Price: 1 }) })).toBe(events[0]);
  });

  it('reads no inherited property for an attribute', () => {
    const events = [event('Viewed', { Price: 1 }), event('Viewed', { Price: 2 })];
    const eventData = { toString: {}.toString, Price: 1 } as Record<string, unknown>;
    expect(nearestEvent(events, { eventName: 'Viewed', eventData })).toBe(events[0]);
  });

  it('is found among many of as many names, long ones included', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => event(`${'x'.repeat(index % 5000)}${index}`, { index }));
    const [wanted] = many.splice(5_000, 1, event('Added to Cart', { Price: 2 }));
    expect(nearestEvent(many, { eventName: 'Added to cart', eventData: { Price: 1 } })).toBe(many[5_000]);
    expect(nearestEvent([...many, wanted], { eventName: wanted.eventName })).toBe(wanted);
  });
});
