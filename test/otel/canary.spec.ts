import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { type Reply, useBackgroundTracking } from '../support/answering-server.js';
import { carryContexts, Telemetry } from './support/telemetry.js';

carryContexts();

const SECRETS = {
  apiKey: 'canary-key-7f3a9c',
  licenseCode: '~canary-license',
  userId: 'canary-user',
  anonymousId: 'canary-visitor',
  attribute: 'canary attribute',
  value: 'canary value',
};
const EVENTS = [
  { userId: SECRETS.userId, eventName: 'Added to Cart', eventData: { [SECRETS.attribute]: SECRETS.value } },
  { anonymousId: SECRETS.anonymousId, eventName: 'Viewed', eventData: { [SECRETS.attribute]: [SECRETS.value] } },
];
/** WebEngage repeats everything that it got. */
const echo = (status: number): Reply => ({
  status,
  headers: { 'x-echo': Object.values(SECRETS).join(), location: `http://127.0.0.1/${SECRETS.licenseCode}` },
  body: JSON.stringify({ response: { status: 'error', message: `wrong: ${Object.values(SECRETS).join(', ')}` } }),
});

describe('in spans and metrics', () => {
  const background = useBackgroundTracking();
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = new Telemetry();
  });

  afterEach(() => telemetry.close());

  const everything = async () => {
    const spans = telemetry.spans.map(
      ({ name, attributes, links, events, status, resource, instrumentationScope }) => ({
        ...{ name, attributes, links, events, status },
        ...{ resource: resource.attributes, instrumentationScope },
      }),
    );
    const { resourceMetrics } = await telemetry.reader.collect();
    return inspect([spans, resourceMetrics], { depth: Infinity, maxArrayLength: Infinity });
  };

  it.each<[string, WebEngageModuleOptions['delivery'], Reply[]]>([
    ['delivered', { mode: 'direct' }, []],
    ['refused', { mode: 'direct' }, [echo(400), echo(400)]],
    ['redirected', { mode: 'direct' }, [echo(302), echo(302)]],
    ['not let in', { mode: 'background' }, [echo(401), echo(403)]],
    ['over the quota', { mode: 'direct' }, [echo(429), echo(429)]],
    ['broken off', { mode: 'direct' }, ['reset', 'reset']],
    ['delivered in bulk', { mode: 'background', bulk: 'always' }, []],
    ['refused in bulk', { mode: 'background', bulk: 'always' }, [echo(400), echo(400), echo(400)]],
  ])('there is neither key nor license code, data nor id of an event that is %s', async (_what, delivery, replies) => {
    background.server.next(...replies);
    const { licenseCode, apiKey } = SECRETS;
    const instrumentation = telemetry.instrumentation();
    const events = await background.start({ shutdownTimeout: 1_000, ...delivery } as object, {
      licenseCode,
      apiKey,
      instrumentation,
      retry: { maxAttempts: 2, minDelay: 1, maxDelay: 2 },
    });
    await events.trackMany(EVENTS).catch(() => undefined);
    await events.track({ userId: SECRETS.userId, eventName: `we_${SECRETS.value}` }).catch(() => undefined);
    await events.flush();
    await background.tracking.app.close();
    const text = await everything();
    expect(text).toContain('Added to Cart');
    expect(text).toContain('webengage.events.accepted');
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    expect(text).not.toContain('canary');
  });

  it('there are ids of users where they are asked for, and only in spans', async () => {
    const events = await background.start({}, { instrumentation: telemetry.instrumentation({ userIds: true }) });
    await events.trackMany(EVENTS);
    await events.flush();
    const text = await everything();
    expect(text).toContain(SECRETS.userId);
    expect(text).toContain(SECRETS.anonymousId);
    expect(text).not.toContain(SECRETS.value);
    expect(inspect(await telemetry.collect(), { depth: Infinity })).not.toContain('canary');
  });
});
