import assert from 'node:assert/strict';
import { Body, Controller, type INestApplication, Injectable, Module, Post } from '@nestjs/common';
import { EventsService, TrackEvent, type TrackEventContext, type TrackReceipt, WebEngageModule } from 'nestjs-webengage';
import { expectTracked } from 'nestjs-webengage/testing';
import { grantWish } from './shared/wish-events';
import { Wished, type WishList } from './shared/wished.event';

interface Wish {
  productId: number;
  price: number;
}

const LISTS: WishList[] = [{ name: 'Birthday', since: new Date('2018-09-15T18:29:00Z') }];

/** Tracks a class by the decorator. */
@Controller('wishes')
export class WishesController {
  @Post()
  @TrackEvent(Wished, {
    userId: 'johndoe',
    eventData: ({ result }: TrackEventContext<Wish>) => ({ ...result, occasion: 'Birthday', lists: LISTS }),
  })
  // @ts-expect-error the price is missing
  @TrackEvent(Wished, { when: false, eventData: () => ({ productId: 7, lists: [] }) })
  wish(@Body() { productId }: { productId: number }): Wish {
    return { productId, price: 39.8 };
  }
}

/** Tracks a class by the service, in both ways. */
@Injectable()
export class WishesService {
  constructor(private readonly events: EventsService) {}

  wish(wish: Wish): Promise<TrackReceipt> {
    return this.events.track(new Wished({ ...wish, lists: LISTS }), { userId: 'janedoe' });
  }

  wishUntil(wantedBy: Date, wish: Wish): Promise<TrackReceipt> {
    return this.events.track(Wished, { userId: 'janedoe', eventData: { ...wish, wantedBy, lists: [] } });
  }

  async wishWrongly(): Promise<void> {
    // @ts-expect-error a price is a number
    const free = new Wished({ productId: 7, price: 'free', lists: [] });
    await this.events.track(free, { userId: 'janedoe' });
    assert.equal(this.events.stats().typeConflicts, 1);
    const below = new Wished({ productId: 7, price: -1, lists: [] });
    await assert.rejects(this.events.track(below, { userId: 'janedoe' }), /eventData\["Price"\].*not be less than 0/);
    // @ts-expect-error a wish has a price
    const unpriced = this.events.track(Wished, { userId: 'janedoe', eventData: { productId: 7, lists: [] } });
    await assert.rejects(unpriced, /eventData\["Price"\] is mandatory, but Wished\.price has no value/);
  }
}

@Module({
  imports: [WebEngageModule.forFeature([Wished])],
  controllers: [WishesController],
  providers: [WishesService],
})
export class WishlistModule {}

/** Makes wishes in an application that listens and imports WebEngageTestingModule, and looks at what it tracked. */
export async function checkWishes(app: INestApplication): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const posted = await fetch(`${await app.getUrl()}/wishes`, { method: 'POST', headers, body: '{"productId":7}' });
  assert.equal(posted.status, 201);
  const decorated = expectTracked(app, Wished, { userId: 'johndoe', eventData: { occasion: 'Birthday' } });
  assert.deepEqual(
    { ...decorated.eventData },
    {
      'Product ID': 7,
      Price: 39.8,
      Occasion: 'Birthday',
      Lists: [{ Name: 'Birthday', Since: '2018-09-15T18:29:00+0000' }],
    },
  );

  const wishes = app.get(WishesService);
  await wishes.wish({ productId: 8, price: 79.6 });
  expectTracked(app, Wished, { userId: 'janedoe', eventData: { productId: 8, lists: LISTS } });
  await wishes.wishUntil(new Date('2018-12-24T18:00:00Z'), { productId: 9, price: 0 });
  expectTracked(app, 'Wished', { eventData: { 'Wanted By': '2018-12-24T18:00:00+0000', Lists: [] } });
  await wishes.wishWrongly();

  await grantWish(app.get(EventsService), 'janedoe');
  // @ts-expect-error a product's number is no text
  assert.throws(() => expectTracked(app, Wished, { eventData: { productId: '7' } }), { name: 'NotTrackedError' });
}
