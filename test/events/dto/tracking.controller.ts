import { Body, Controller, Post } from '@nestjs/common';
import { EventsService, TrackEventDto, type TrackReceipt } from 'nestjs-webengage';

/** What a user's own route looks like; it also keeps what the pipe made of each body. */
@Controller()
export class TrackingController {
  readonly received: TrackEventDto[] = [];

  constructor(private readonly events: EventsService) {}

  @Post('events')
  track(@Body() event: TrackEventDto): Promise<TrackReceipt> {
    this.received.push(event);
    return this.events.track(event);
  }
}
