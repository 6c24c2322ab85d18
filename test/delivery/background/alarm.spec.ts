import { describe, expect, it } from '@jest/globals';
import { Alarm } from '../../../lib/delivery/background/alarm.js';
import { FakeClock } from '../../support/fake-clock.js';

function start() {
  const clock = new FakeClock();
  const rungAt: number[] = [];
  const alarm = new Alarm(clock, () => rungAt.push(clock.elapsed()));
  return { clock, alarm, rungAt };
}

describe('the alarm', () => {
  it('rings once, at the earliest time asked for', () => {
    const { clock, alarm, rungAt } = start();
    for (const milliseconds of [500, 100, 300, 200]) alarm.setIn(milliseconds);
    expect(clock.timersSet).toBe(1);
    clock.advance(1_000);
    expect(rungAt).toEqual([100]);
    expect(clock.timersSet).toBe(0);
  });

  it('never rings at once, even when it is asked to', () => {
    const { clock, alarm, rungAt } = start();
    alarm.setIn(0);
    expect(rungAt).toEqual([]);
    clock.advance(0);
    expect(rungAt).toEqual([0]);
  });

  it('can be set again from its ring, and after it', () => {
    const clock = new FakeClock();
    const rungAt: number[] = [];
    const alarm: Alarm = new Alarm(clock, () => {
      rungAt.push(clock.elapsed());
      if (rungAt.length < 3) alarm.setIn(10);
    });
    alarm.setIn(5);
    clock.advance(100);
    alarm.setIn(5);
    clock.advance(100);
    expect(rungAt).toEqual([5, 15, 25, 105]);
    expect(clock.timersSet).toBe(0);
  });

  it('sets no timer for Infinity', () => {
    const { clock, alarm } = start();
    alarm.setIn(Infinity);
    expect(clock.timersSet).toBe(0);
    alarm.setIn(7);
    alarm.setIn(Infinity);
    expect(clock.timersSet).toBe(1);
  });

  it('can be cancelled, and set again for a later time', () => {
    const { clock, alarm, rungAt } = start();
    alarm.cancel();
    alarm.setIn(10);
    alarm.cancel();
    expect(clock.timersSet).toBe(0);
    alarm.setIn(50);
    clock.advance(100);
    expect(rungAt).toEqual([50]);
  });
});
