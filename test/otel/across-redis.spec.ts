import { expect, it } from '@jest/globals';
import { BAD_REQUEST, QUEUED } from '../support/answering-server.js';
import { describeWithRedis, EVENT, eventsOf, useBullMqTracking } from '../bullmq/support/bullmq-tracking.js';
import { dumpOf } from '../bullmq/support/redis-dump.js';
import { until } from '../bullmq/support/until.js';
import { carryContexts, isChildOf, sumOf, Telemetry } from './support/telemetry.js';

carryContexts();

describeWithRedis('a trace, across Redis', () => {
  const test = useBullMqTracking();
  const twoProcesses = () => ({ producing: new Telemetry(), working: new Telemetry() });

  it('goes on in the process that delivers, with a span for each attempt', async () => {
    const { producing, working } = twoProcesses();
    const { server } = test.current;
    server.next({ status: 500 }, 'reset', QUEUED);
    const producer = await test.current.start({ role: 'producer' }, { instrumentation: producing.instrumentation() });
    const { span: request, result } = producing.within(() => producer.events.track(EVENT));
    const { requestId } = await result;
    const worker = await test.current.start({ role: 'worker' }, { instrumentation: working.instrumentation() });
    await until('it is delivered', () => worker.delivered.length === 1);

    const [acceptance] = producing.named('create events');
    expect(acceptance.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(working.named('create events')).toEqual([]);
    expect(producing.named('send events')).toEqual([]);
    const attempts = working.named('send events');
    expect(attempts.map((span) => isChildOf(span, acceptance))).toEqual([true, true, true]);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual(['500', 'no_answer', undefined]);
    expect(attempts.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2]);
    expect(attempts.every(({ attributes }) => attributes['messaging.message.id'] === requestId)).toBe(true);

    const [produced, worked] = [await producing.collect(), await working.collect()];
    expect(sumOf(produced, 'webengage.events.stored')).toBe(producer.events.stats().stored);
    expect(sumOf(worked, 'webengage.events.fetched')).toBe(worker.events.stats().fetched);
    expect(sumOf(worked, 'webengage.events.delivered')).toBe(1);
  });

  it('is linked from the bulk calls of another process, and goes on where they are split', async () => {
    const { producing, working } = twoProcesses();
    test.current.server.reply = ({ isBulk }) => (isBulk ? BAD_REQUEST : QUEUED);
    const options = { bulk: 'always' as const };
    const producer = await test.current.start(
      { role: 'producer', ...options },
      { instrumentation: producing.instrumentation() },
    );
    await producer.events.trackMany(eventsOf(3));
    const worker = await test.current.start(
      { role: 'worker', ...options },
      { instrumentation: working.instrumentation() },
    );
    await until('all are delivered', () => worker.delivered.length === 3);

    const acceptances = producing.named('create events');
    const attempts = working.named('send events');
    const bulk = attempts.filter(({ attributes }) => attributes['webengage.call.kind'] === 'bulk');
    expect(bulk[0].links.map(({ context }) => context.spanId).sort()).toEqual(
      acceptances.map((span) => span.spanContext().spanId).sort(),
    );
    for (const { parentSpanContext } of bulk) expect(parentSpanContext).toBeUndefined();
    for (const acceptance of acceptances) {
      expect(attempts.filter((span) => isChildOf(span, acceptance))).toHaveLength(1);
    }
  });

  it('adds to what is stored the context of the span, nothing else', async () => {
    const { producing } = twoProcesses();
    const instrumentation = producing.instrumentation({ userIds: true });
    const traced = await test.current.start({ role: 'producer' }, { instrumentation });
    const { requestId } = await traced.events.track(EVENT);
    const [acceptance] = producing.named('create events');
    const { traceId, spanId } = acceptance.spanContext();
    const [stored] = (await test.current.job(requestId)).data.events;
    expect(stored.trace).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });

    const untraced = await test.current.start({ role: 'producer' });
    const receipt = await untraced.events.track(EVENT);
    expect((await test.current.job(receipt.requestId)).data.events[0]).not.toHaveProperty('trace');
    await expect(dumpOf(test.current.redis)).resolves.toContain(traceId);
  });

  it('that was tampered with in Redis does no harm: the event is delivered, with a trace of its own', async () => {
    const { producing, working } = twoProcesses();
    const producer = await test.current.start({ role: 'producer' }, { instrumentation: producing.instrumentation() });
    for (const trace of [{ traceparent: 'x'.repeat(1_000) }, { traceparent: 7 }, 'none', [], { b3: 'a-b-1' }]) {
      const { requestId } = await producer.events.track(EVENT);
      const job = await test.current.job(requestId);
      await job.updateData({ ...job.data, events: job.data.events.map((event) => ({ ...event, trace })) } as never);
    }
    const worker = await test.current.start({ role: 'worker' }, { instrumentation: working.instrumentation() });
    await until('all are delivered', () => worker.delivered.length === 5);
    const attempts = working.named('send events');
    expect(attempts.map(({ parentSpanContext }) => parentSpanContext)).toEqual(Array(5).fill(undefined));
    expect(worker.logger.at('error')).toEqual([]);
  });
});
