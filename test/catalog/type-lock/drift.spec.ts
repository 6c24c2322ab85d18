import { describe, expect, it } from '@jest/globals';
import { EventAttribute, EventClass, WebEngageEvent, WebEngageModule } from 'nestjs-webengage';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { RecordingLogger } from '../../support/recording-logger.js';
import { EventsService } from 'nestjs-webengage';
import { API_KEY, LICENSE_CODE } from '../../support/tracking-context.js';
import { linesOn, MODES, trackCart, useLockedTracking } from './locked-tracking.js';

const locked = useLockedTracking();

/** What the first version locks. */
const LOCK = {
  'Added to Cart': { classes: ['AddedToCart'], attributes: { Price: 'Number' }, undeclared: { Old: 'String' } },
};

@WebEngageEvent('Added to Cart')
class AddedToCart extends EventClass<AddedToCart> {
  @EventAttribute('Price', Number) price!: number;
}

describe.each(MODES)(
  "a service sends a price as a Number; its next version sends a String; with '%s'",
  (onTypeConflict) => {
    it('with the lock file the very first String is caught', async () => {
      const first = await locked.start({ onTypeConflict });
      await trackCart(first.events, { Price: 39.8 });
      await first.app.close();

      const next = await locked.start({ onTypeConflict, typeLock: { lockFile: locked.writeLockFile(LOCK) } });
      const receipt = await trackCart(next.events, { Price: '39.80', Size: 'L' }).catch((error: unknown) => error);

      expect(next.events.stats().typeConflicts).toBe(1);
      expect(linesOn(next, 'Price')).toEqual([
        expect.stringMatching(
          /"Added to Cart".*\["Price"\] is a String, but .*webengage\.lock\.json makes it a Number/,
        ),
      ]);
      const sent = locked.sandbox.events().slice(1);
      if (onTypeConflict === 'reject') expect(receipt).toMatchObject({ violations: [{ rule: 'typeConflict' }] });
      expect(sent.map(({ eventData }) => eventData)).toEqual(
        { reject: [], 'drop-attribute': [{ Size: 'L' }], warn: [{ Price: '39.80', Size: 'L' }] }[onTypeConflict],
      );
      expect(locked.droppedCount()).toBe(onTypeConflict === 'warn' ? 1 : 0);
    });

    it('what no class declares is locked by the lock file too', async () => {
      const next = await locked.start({ onTypeConflict, typeLock: { lockFile: locked.writeLockFile(LOCK) } });
      await trackCart(next.events, { Old: 5 }).catch(() => undefined);
      expect(next.events.stats().typeConflicts).toBe(1);
    });

    it('without the lock file the String is taken for the first value, and WebEngage drops it', async () => {
      const first = await locked.start({ onTypeConflict });
      await trackCart(first.events, { Price: 39.8 });
      await first.app.close();

      const next = await locked.start({ onTypeConflict });
      await trackCart(next.events, { Price: '39.80' });
      expect(next.events.stats().typeConflicts).toBe(0);
      expect(locked.droppedCount()).toBe(1);
      await trackCart(next.events, { Price: 39.8 }).catch(() => undefined);
      expect(next.events.stats().typeConflicts).toBe(1);
    });

    it('a class that declares it catches the first String', async () => {
      @Module({
        imports: [
          WebEngageModule.forRoot({
            licenseCode: LICENSE_CODE,
            apiKey: API_KEY,
            host: locked.sandbox.url,
            delivery: { mode: 'direct' },
            onTypeConflict,
          }),
          WebEngageModule.forFeature([AddedToCart]),
        ],
      })
      class NextVersion {}
      const app = await NestFactory.createApplicationContext(NextVersion, {
        logger: new RecordingLogger(),
        abortOnError: false,
      });
      const events = app.get(EventsService);
      await trackCart(events, { Price: '39.80' }).catch(() => undefined);
      await events.track(new AddedToCart({ price: '39.80' as never }), { userId: '1' }).catch(() => undefined);
      await events.track(AddedToCart, { userId: '1', eventData: { price: 39.8 } });
      expect(events.stats().typeConflicts).toBe(2);
      // With 'warn' the Strings were sent, and WebEngage holds it to be one now.
      expect(locked.kept().at(-1)).toEqual(onTypeConflict === 'warn' ? {} : { Price: 39.8 });
      await app.close();
    });
  },
);

describe('a lock file and a class that disagree', () => {
  it('are told of once, and the lock file holds', async () => {
    @Module({
      imports: [
        WebEngageModule.forRoot({
          licenseCode: LICENSE_CODE,
          apiKey: API_KEY,
          host: locked.sandbox.url,
          delivery: { mode: 'direct' },
          typeLock: { lockFile: locked.writeLockFile({ 'Added to Cart': { attributes: { Price: 'String' } } }) },
        }),
        WebEngageModule.forFeature([AddedToCart]),
      ],
    })
    class Disagreeing {}
    const logger = new RecordingLogger();
    const app = await NestFactory.createApplicationContext(Disagreeing, { logger, abortOnError: false });
    expect(logger.at('error')).toEqual([
      expect.stringMatching(
        /"Price" of "Added to Cart": .*lock\.json makes it a String, but AddedToCart declares it a Number/,
      ),
    ]);
    const events = app.get(EventsService);
    await trackCart(events, { Price: 'x' });
    expect(events.stats().typeConflicts).toBe(0);
    await events.track(AddedToCart, { userId: '1', eventData: { price: 39.8 } });
    expect(events.stats().typeConflicts).toBe(1);
    await app.close();
  });
});
