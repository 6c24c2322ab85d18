import { Agent } from 'node:http';
import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { ParentBasedSampler, type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, WebEngageModuleOptions } from 'nestjs-webengage';
import { openTelemetry } from 'nestjs-webengage/otel';
import { BAD_REQUEST, QUEUED, useBackgroundTracking } from '../support/answering-server.js';
import { startTracking } from '../support/tracking-context.js';
import { carryContexts, isChildOf, Telemetry } from './support/telemetry.js';

carryContexts();

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const NEVER_LEFT: Delivery = {
  checkRoom: () => undefined,
  accept: () => {
    throw new TypeError('no room for johndoe');
  },
  drain: () => undefined,
  close: async () => undefined,
};

describe('the spans of events', () => {
  const background = useBackgroundTracking();
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = new Telemetry();
  });

  afterEach(() => telemetry.close());

  const start = (options: Partial<WebEngageModuleOptions> = {}, delivery = {}) =>
    background.start(delivery, { instrumentation: telemetry.instrumentation(), ...options });

  it('of a bulk call link to the acceptance of each of its events', async () => {
    const events = await start({}, { bulk: 'always' });
    const { span: request } = telemetry.within(() => void events.trackMany([EVENT, { ...EVENT, eventName: 'Viewed' }]));
    void events.track({ ...EVENT, eventName: 'Left' });
    await events.flush();

    const acceptances = telemetry.named('create events');
    const [bulk, ...others] = telemetry.named('send events');
    expect(others).toEqual([]);
    expect(bulk.parentSpanContext).toBeUndefined();
    expect(bulk.spanContext().traceId).not.toBe(request.spanContext().traceId);
    expect(bulk.links.map(({ context: { traceId, spanId } }) => ({ traceId, spanId }))).toEqual(
      acceptances.map((span) => ({ traceId: span.spanContext().traceId, spanId: span.spanContext().spanId })),
    );
    expect(bulk.links.map(({ attributes }) => attributes?.['webengage.event.name'])).toEqual([
      'Added to Cart',
      'Viewed',
      'Left',
    ]);
    expect(bulk.links.map(({ attributes }) => attributes?.['messaging.message.id'])).toEqual(
      acceptances.map(({ attributes }) => attributes['messaging.message.id']),
    );
    expect(bulk.attributes).toMatchObject({
      'messaging.batch.message_count': 3,
      'webengage.call.kind': 'bulk',
      'webengage.request.id': background.server.calls[0].requestId,
      'url.template': '/v1/accounts/{licenseCode}/bulk-events',
      'http.response.status_code': 201,
    });
    expect(bulk.attributes).not.toHaveProperty('messaging.message.id');
    expect(bulk.attributes).not.toHaveProperty('webengage.event.name');
  });

  it('follow a bulk call into what it is split into, down to the wrong event', async () => {
    background.server.reply = ({ events }) =>
      events.some(({ eventName }) => eventName === 'Bad') ? BAD_REQUEST : QUEUED;
    const events = await start({}, { bulk: 'always' });
    await events.trackMany([EVENT, { ...EVENT, eventName: 'Bad' }]);
    await events.flush();
    expect(events.stats()).toMatchObject({ delivered: 1, failed: 1 });
    const [whole, ...singles] = telemetry.named('send events');
    expect(whole.attributes).toMatchObject({ 'webengage.call.kind': 'bulk', 'error.type': '400' });
    const acceptances = telemetry.named('create events');
    for (const acceptance of acceptances) {
      const attempts = singles.filter((span) => isChildOf(span, acceptance));
      expect(attempts).toHaveLength(1);
      expect(attempts[0].attributes['webengage.event.name']).toBe(acceptance.attributes['webengage.event.name']);
    }
  });

  it('never hang on the request whose timer happened to send them', async () => {
    const events = await start();
    const { span } = telemetry.within(() => void events.track(EVENT));
    context.with(ROOT_CONTEXT, () => void events.track({ ...EVENT, eventName: 'Alone' }));
    await events.flush();
    const traces = new Map(
      telemetry
        .named('send events')
        .map((sent) => [sent.attributes['webengage.event.name'], sent.spanContext().traceId]),
    );
    expect(traces.get('Added to Cart')).toBe(span.spanContext().traceId);
    expect(traces.get('Alone')).not.toBe(span.spanContext().traceId);
  });

  it.each([
    ['no answer', 'reset' as const, { 'error.type': 'no_answer' }],
    [
      'an answer that is not "queued"',
      { status: 200, body: '{}' },
      { 'error.type': 'not_queued', 'http.response.status_code': 200 },
    ],
    ['a refusal', BAD_REQUEST, { 'error.type': '400', 'http.response.status_code': 400 }],
  ])('say what an attempt came to: %s', async (_what, reply, attributes) => {
    background.server.reply = () => reply;
    const events = await start({ retry: { maxAttempts: 1 } }, { mode: 'direct' });
    await events.track(EVENT).catch(() => undefined);
    const [sent] = telemetry.named('send events');
    expect(sent.attributes).toMatchObject(attributes);
    expect(sent.attributes).not.toHaveProperty('http.request.resend_count');
    expect('http.response.status_code' in sent.attributes).toBe('http.response.status_code' in attributes);
    expect(sent.status).toEqual({ code: SpanStatusCode.ERROR });
  });

  it('say why an event found no room, but not in words', async () => {
    const { app, events } = await startTracking({
      delivery: () => NEVER_LEFT,
      instrumentation: telemetry.instrumentation(),
    });
    await expect(events.track(EVENT)).rejects.toThrow(TypeError);
    await app.close();
    const [acceptance] = telemetry.spans;
    expect(acceptance.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(acceptance.attributes['error.type']).toBe('TypeError');
    expect(acceptance.events).toEqual([]);
  });

  it('are none of events that are refused, dropped or disabled', async () => {
    const events = await start({ beforeSend: () => null, onRefused: 'report' });
    await events.track(EVENT);
    await events.track({ ...EVENT, eventName: 'we_x' });
    const disabled = await start({ enabled: false });
    await disabled.track(EVENT);
    expect(telemetry.spans).toEqual([]);
  });

  it('say whom an event is about only if that is asked for', async () => {
    const events = await start();
    await events.track(EVENT);
    const asked = await start({ instrumentation: telemetry.instrumentation({ userIds: true }) });
    await asked.track(EVENT);
    await asked.track({ anonymousId: 'visitor', eventName: 'Viewed' });
    const ids = telemetry
      .named('create events')
      .map(({ attributes }) => [attributes['enduser.id'], attributes['enduser.pseudo.id']]);
    expect(ids).toEqual([
      [undefined, undefined],
      ['johndoe', undefined],
      [undefined, 'visitor'],
    ]);
  });

  it('name the account', async () => {
    const events = await start({ licenseCode: 'x' });
    await events.track(EVENT);
    await events.flush();
    for (const { attributes } of telemetry.spans) expect(attributes).not.toHaveProperty('webengage.account');
    const instrumentation = telemetry.instrumentation();
    const event = { account: 'india', requestId: 'r', eventName: 'e', userId: 'u', anonymousId: undefined };
    instrumentation.accept?.(event)?.end();
    const attempt = {
      account: 'india',
      kind: 'single',
      requestId: 'r',
      host: 'https://[::1]',
      attempt: 1,
      events: [],
    } as const;
    instrumentation.attempt?.(attempt)?.end({ queued: true, status: 201, message: '' });
    const [created, sent] = telemetry.spans.slice(-2);
    expect(created.attributes['webengage.account']).toBe('india');
    expect(sent.attributes).toMatchObject({
      'webengage.account': 'india',
      'server.address': '::1',
      'server.port': 443,
      'messaging.message.id': 'r',
    });
  });

  it('are the parents of what is made while an attempt is sent', async () => {
    const events = await start({ http: { httpAgent: watchingAgent() } });
    await events.track(EVENT);
    await events.flush();
    const [sent] = telemetry.named('send events');
    expect(activeWhenSent).toEqual([sent.spanContext().spanId]);
  });

  it('of a request that is not sampled are not sampled either, though others would be', async () => {
    await telemetry.close();
    const root = new SwitchedSampler();
    telemetry = new Telemetry(new ParentBasedSampler({ root }));
    const events = await start();
    root.isOn = false;
    const { span } = telemetry.within(() => void events.track(EVENT));
    expect(span.isRecording()).toBe(false);
    root.isOn = true;
    await events.flush();
    expect(background.server.calls).toHaveLength(1);
    expect(telemetry.spans).toEqual([]);
  });

  it('are none without an SDK, and nothing is stored with an event then', async () => {
    const instrumentation = openTelemetry();
    const event = { account: undefined, requestId: 'r', eventName: 'e', userId: 'u', anonymousId: undefined };
    expect(instrumentation.accept?.(event)).toBeUndefined();
    const events = await start({ instrumentation });
    await events.track(EVENT);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1 });
  });
});

/** Samples the roots of traces, or does not. */
class SwitchedSampler implements Sampler {
  isOn = true;

  shouldSample(): SamplingResult {
    return { decision: this.isOn ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }
}

const activeWhenSent: (string | undefined)[] = [];

/** Notes which span is active when a request asks for its socket, which is when HTTP's own instrumentation looks. */
function watchingAgent() {
  return new (class extends Agent {
    override getName(...given: never[]): string {
      activeWhenSent.push(trace.getActiveSpan()?.spanContext().spanId);
      activeWhenSent.splice(1);
      return super.getName(...given);
    }
  })();
}
