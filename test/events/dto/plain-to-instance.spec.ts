import { describe, expect, it } from '@jest/globals';
import { Expose, plainToInstance, Type } from 'class-transformer';
import { type EventData, IsEventData, TrackEventDto } from 'nestjs-webengage';
import { eventWith } from '../boundary/boundary-case.js';

class Purchase {
  @IsEventData()
  attributes!: EventData;

  @IsEventData()
  more!: EventData;
}

class Renamed {
  @Expose({ name: 'event_data' })
  @IsEventData()
  eventData!: EventData;
}

class Batch {
  @Type(() => TrackEventDto)
  events!: TrackEventDto[];
}

describe('plainToInstance leaves eventData untouched', () => {
  it.each<[string, object]>([
    ['names that every object inherits', { toString: 1, valueOf: [{ hasOwnProperty: 2 }], length: 3, then: 4 }],
    ['constructor and __proto__', JSON.parse('{"constructor":{"name":"x"},"__proto__":{"a":1},"prototype":2}')],
    ['Dates, valid and not', { When: new Date(0), Never: new Date(NaN) }],
    ['what is no JSON', { Map: new Map(), Set: new Set(), Url: new URL('http://127.0.0.1'), Call: () => 1, Big: 1n }],
    ['undefined and holes', { Gone: undefined, List: new Array(3) }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: { b: 1 } })],
    ['null', { Value: null }],
  ])('with %s', (_, eventData) => {
    const event = plainToInstance(TrackEventDto, eventWith({ eventData }));
    expect(event).toBeInstanceOf(TrackEventDto);
    expect(event.eventData).toBe(eventData);
  });

  it.each([undefined, null, 'text', 7, [], new Date(0)])('even if it is %p', (eventData) => {
    expect(plainToInstance(TrackEventDto, eventWith({ eventData })).eventData).toBe(eventData);
  });

  it.each([false, true])('with a cycle, enableCircularCheck being %p', (enableCircularCheck) => {
    const eventData: Record<string, unknown> = {};
    eventData.Self = [eventData];
    const event = plainToInstance(TrackEventDto, eventWith({ eventData }), { enableCircularCheck });
    expect(event.eventData).toBe(eventData);
  });

  it('in an array of events, and in a class that has them', () => {
    const eventData = { toString: 1 };
    const plain = eventWith({ eventData });
    expect(plainToInstance(TrackEventDto, [plain, plain]).map((event) => event.eventData)).toEqual([
      eventData,
      eventData,
    ]);
    expect(plainToInstance(Batch, { events: [plain] }).events[0]).toBeInstanceOf(TrackEventDto);
    expect(plainToInstance(Batch, { events: [plain] }).events[0]?.eventData).toBe(eventData);
  });

  it('in classes that derive from TrackEventDto', () => {
    class TrackOrderDto extends TrackEventDto {
      source?: string;
    }
    const eventData = { toString: 1 };
    const event = plainToInstance(TrackOrderDto, { ...eventWith({ eventData }), source: 'shop' });
    expect(event.eventData).toBe(eventData);
    expect(event.source).toBe('shop');
  });

  it("in a user's own class, on whatever property", () => {
    const [attributes, more] = [{ toString: 1 }, { valueOf: 2 }];
    const purchase = plainToInstance(Purchase, { attributes, more });
    expect(purchase.attributes).toBe(attributes);
    expect(purchase.more).toBe(more);
  });

  it('under another name in the body', () => {
    const plain = { event_data: { Price: 1, Item: { sku: 'x' } } };
    expect(plainToInstance(Renamed, plain).eventData).toEqual(plain.event_data);
  });

  it('with enableImplicitConversion', () => {
    const eventData = { Digits: '42', Truth: 'true', Number: 1 };
    const event = plainToInstance(TrackEventDto, eventWith({ eventData }), { enableImplicitConversion: true });
    expect(event.eventData).toBe(eventData);
  });
});
