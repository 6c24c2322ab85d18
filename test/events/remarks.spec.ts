import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DIRECT } from '../support/deliveries.js';
import { startTracking, type TrackingContext } from '../support/tracking-context.js';
import { wireBreaches } from '../support/wire-checker.js';
import { WireRecorder } from '../support/wire-recorder.js';
import { eventWith } from './boundary/boundary-case.js';

const DASHBOARD_NAMES = [
  'App Installed',
  'App Upgraded',
  'App Crashed',
  'App Uninstalled',
  'User Login',
  'User Logout',
  'Session Started',
  'Campaign Conversion',
  'SMS Sent',
  'SMS Failed',
  'Email Accepted',
  'Email Click',
  'Push Notification Rejected',
  'WhatsApp Sent',
  'WhatsApp Read',
  'RCS Delivered',
];

describe('what the log says of accepted events', () => {
  let wire: WireRecorder;
  let tracking: TrackingContext;

  beforeEach(async () => {
    wire = await WireRecorder.start();
    tracking = await startTracking({ host: wire.url, delivery: DIRECT });
    tracking.logger.lines.length = 0;
  });

  afterEach(async () => {
    await tracking.app.close();
    await wire.close();
  });

  it.each(DASHBOARD_NAMES)('warns of the dashboard name %s, once, and sends the event each time', async (eventName) => {
    for (let time = 0; time < 3; time++) await tracking.events.track({ userId: 'johndoe', eventName });
    expect(tracking.logger.at('warn')).toEqual([expect.stringContaining(`"${eventName}"`)]);
    expect(wire.requests).toHaveLength(3);
    expect(wireBreaches(wire.last)).toEqual([]);
    expect(JSON.parse(wire.last.body.toString()).eventName).toBe(eventName);
  });

  it('warns of each dashboard name', async () => {
    for (const eventName of DASHBOARD_NAMES) await tracking.events.track({ userId: 'johndoe', eventName });
    expect(tracking.logger.at('warn')).toHaveLength(DASHBOARD_NAMES.length);
  });

  it.each(['app installed', 'Added to Cart', 'Sent', 'Order Sent', 'toString', '__proto__'])(
    'does not warn of the name %s',
    async (eventName) => {
      await tracking.events.track({ userId: 'johndoe', eventName });
      expect(tracking.logger.at('warn')).toEqual([]);
    },
  );

  it('warns of each unknown field, once', async () => {
    for (let time = 0; time < 3; time++) {
      await tracking.events.track(eventWith({ userid: 'jane', attributes: { Price: 1 } }) as never);
    }
    await tracking.events.track(eventWith({ userid: 'jane', eventdata: {} }) as never);
    const warnings = tracking.logger.at('warn');
    expect(warnings).toHaveLength(3);
    for (const field of ['userid', 'attributes', 'eventdata']) {
      expect(warnings.filter((warning) => warning.includes(`"${field}"`))).toHaveLength(1);
    }
  });

  it('says once at debug level that the anonymousId is left out', async () => {
    for (let time = 0; time < 3; time++) {
      await tracking.events.track({ userId: 'johndoe', anonymousId: `secret-${time}`, eventName: 'Viewed' });
    }
    const aboutAnonymous = tracking.logger.lines.filter(({ text }) => text.includes('anonymousId'));
    expect(aboutAnonymous.map(({ level }) => level)).toEqual(['debug']);
    expect(tracking.logger.lines.map(({ text }) => text).join()).not.toContain('secret-');
  });

  it('says nothing of an event that is right', async () => {
    await tracking.events.track({ userId: 'johndoe', eventName: 'Viewed', eventData: { Gone: undefined, Price: 1 } });
    await tracking.events.track({ anonymousId: 'anonymous', eventName: 'Viewed' });
    expect([...tracking.logger.at('warn'), ...tracking.logger.at('error')]).toEqual([]);
  });

  it('says nothing of the names and fields of an event that is refused', async () => {
    const event = eventWith({ userId: '', eventName: 'App Installed', anonymousId: 'a', unknown: 1 });
    await expect(tracking.events.track(event as never)).rejects.toThrow('userId must not be blank');
    expect(tracking.logger.lines.filter(({ text }) => /dashboard|left out/.test(text))).toEqual([]);
  });

  it('is bounded, and says so, however many unknown fields there are', async () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field ${index}`, index]));
    await tracking.events.track(eventWith(fields) as never);
    expect(tracking.logger.at('warn').length).toBeLessThanOrEqual(1_001);
  });

  it('cannot be forged through the name of an unknown field', async () => {
    await tracking.events.track(eventWith({ 'a\n[Nest] 1 - ERROR forged': 1, ['x'.repeat(1_000_000)]: 1 }) as never);
    const warnings = tracking.logger.at('warn');
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(warning.length).toBeLessThan(1_000);
    for (const warning of warnings) expect(warning).not.toContain('\n');
  });
});
