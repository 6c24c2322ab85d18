import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, ValidateNested } from 'class-validator';
import {
  type EventData,
  IsEventData,
  IsEventName,
  IsEventTime,
  IsUserIdentifier,
  TrackEventDto,
} from 'nestjs-webengage';
import { canonicalJson } from '../../support/canonical-json.js';
import { HttpApp, PLATFORMS } from './http-app.js';

class OwnBody {
  @IsUserIdentifier()
  customer!: string;

  @IsEventName()
  title!: string;

  @IsEventTime()
  at!: string;

  @IsEventData()
  details!: EventData;
}

class OptionalBody {
  @IsOptional()
  @IsUserIdentifier()
  customer?: string;

  @IsOptional()
  @IsEventName()
  title?: string;

  @IsOptional()
  @IsEventTime()
  at?: string;

  @IsOptional()
  @IsEventData()
  details?: EventData;
}

class MessageBody {
  @IsUserIdentifier({ message: 'Who are you?' })
  customer!: string;

  @IsEventName({ message: ({ property }) => `No such ${property}` })
  title!: string;

  @IsEventTime({ message: '$property of $target: when?' })
  at!: string;

  @IsEventData({ message: 'Tell us more' })
  details!: EventData;
}

class BatchBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TrackEventDto)
  events!: TrackEventDto[];
}

/** Who it is about is known from elsewhere than the body. */
class WithoutUserBody extends OmitType(TrackEventDto, ['userId', 'anonymousId'] as const) {}

@Controller()
class OwnController {
  @Post('required') required(@Body() body: OwnBody) {
    return { isInstance: body instanceof OwnBody, body };
  }

  @Post('optional') optional(@Body() body: OptionalBody) {
    return { isInstance: body instanceof OptionalBody, body };
  }

  @Post('message') message(@Body() body: MessageBody) {
    return { isInstance: body instanceof MessageBody, body };
  }

  @Post('batch') batch(@Body() body: BatchBody) {
    return { isInstance: body.events.every((event) => event instanceof TrackEventDto), body };
  }

  @Post('without-user') withoutUser(@Body() body: WithoutUserBody) {
    return { isInstance: body instanceof WithoutUserBody, body };
  }
}

const GOOD = {
  customer: 'johndoe',
  title: 'Added to Cart',
  at: '2018-09-15T18:29:00Z',
  details: { toString: 1, Item: { valueOf: [{ length: 2 }] } },
};
const BAD = { customer: '', title: 'we_x', at: 'yesterday', details: { Price: null } };

describe.each(PLATFORMS)("a user's own class with the library's decorators on %s", (platform) => {
  let app: HttpApp;

  beforeAll(async () => {
    app = await HttpApp.start(platform, OwnController, { whitelist: true, transform: true });
  });

  afterAll(() => app.close());

  async function expectIntact(path: string, sent: object): Promise<void> {
    const { status, body } = await app.post(path, sent);
    expect(status).toBe(201);
    expect(body.isInstance).toBe(true);
    expect(canonicalJson(body.body)).toBe(canonicalJson(sent));
  }

  it('takes what keeps the rules', () => expectIntact('/required', GOOD));

  it("answers 400 with the library's messages, which speak of the class's own properties", async () => {
    const { status, body } = await app.post('/required', BAD);
    expect(status).toBe(400);
    expect(body.message).toEqual([
      'customer must not be blank, but is empty',
      expect.stringMatching(/^title must not start with "we_".* is "we_x"$/),
      expect.stringMatching(/^at must be a real time.* is "yesterday"$/),
      expect.stringMatching(/^details\["Price"\] must be a String.* is null$/),
    ]);
  });

  it.each(['customer', 'title', 'at', 'details'])('wants %s', async (property) => {
    for (const missing of [undefined, null]) {
      const { status, body } = await app.post('/required', { ...GOOD, [property]: missing });
      expect(status).toBe(400);
      expect(body.message).toEqual([expect.stringMatching(`^${property} .* but is ${missing}$`)]);
    }
  });

  it('leaves out what @IsOptional() allows to be left out', async () => {
    await expectIntact('/optional', {});
    await expectIntact('/optional', { customer: null, title: null, at: null, details: null });
    await expectIntact('/optional', GOOD);
    const { status, body } = await app.post('/optional', BAD);
    expect(status).toBe(400);
    expect(body.message).toHaveLength(4);
  });

  it('may have messages of its own', async () => {
    await expectIntact('/message', GOOD);
    const { status, body } = await app.post('/message', BAD);
    expect(status).toBe(400);
    expect(body.message).toEqual(['Who are you?', 'No such title', 'at of MessageBody: when?', 'Tell us more']);
  });

  it('may hold an array of TrackEventDto', async () => {
    const good = { userId: 'johndoe', eventName: 'Viewed', eventData: { toString: { valueOf: [1] } } };
    await expectIntact('/batch', { events: [good, good] });
    const { status, body } = await app.post('/batch', { events: [good, { ...good, eventName: '' }] });
    expect(status).toBe(400);
    expect(body.message).toEqual(['events.1.eventName must not be blank, but is empty']);
  });

  it('may be TrackEventDto without some of its fields', async () => {
    await expectIntact('/without-user', { eventName: 'Viewed', eventData: { toString: { valueOf: [1] } } });
    const { status, body } = await app.post('/without-user', { eventName: 'we_', eventData: { '': 1 } });
    expect(status).toBe(400);
    expect(body.message).toHaveLength(2);
  });
});
