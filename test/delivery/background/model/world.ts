import type { Scheduler as CallScheduler } from 'fast-check';
import { BackgroundDelivery } from '../../../../lib/delivery/background/background.delivery.js';
import { Breaker } from '../../../../lib/delivery/background/breaker.js';
import type { Lane } from '../../../../lib/delivery/background/lane.js';
import { Scheduler } from '../../../../lib/delivery/background/scheduler.js';
import type { FailedEvent } from '../../../../lib/delivery/delivery-events.js';
import { DeliveryLog } from '../../../../lib/delivery/delivery-log.js';
import type { Envelope } from '../../../../lib/delivery/envelope.js';
import { isWithinIdempotencyWindow } from '../../../../lib/delivery/idempotency-window.js';
import { Ledger } from '../../../../lib/delivery/ledger.js';
import { loadOf } from '../../../../lib/delivery/pending-bounds.js';
import { RequestIds } from '../../../../lib/delivery/request-ids.js';
import { BufferFullError } from '../../../../lib/errors/buffer-full.error.js';
import type { OutgoingCall } from '../../../../lib/http/outgoing-call.js';
import { envelope, FakeGovernor, fakeLane, LineLog } from '../../../support/delivery-fakes.js';
import { FakeClock } from '../../../support/fake-clock.js';
import type { Command, Settings } from './arbitrary-runs.js';
import { EventRules } from './event-rules.js';
import { HoldRules } from './hold-rules.js';
import { Rules } from './rules.js';
import { ScriptedSender } from './scripted-sender.js';
import { WireRules } from './wire-rules.js';

/** So often a subscriber tracks something, else some runs would never end. */
const SUBSCRIBERS_EVENTS = 20;
const MOST_STEPS_TO_HEAL = 3_000;

/** A background delivery with everything around it, and the rules that watch it from outside. */
export class World {
  private readonly clock = new FakeClock();
  private readonly log = new LineLog();
  private readonly deliveryLog = new DeliveryLog(this.log);
  private readonly ledger = new Ledger(this.deliveryLog);
  private readonly rules = new Rules();
  private readonly holds: HoldRules;
  private readonly wire: WireRules;
  private readonly events: EventRules;
  private readonly sender: ScriptedSender;
  private readonly delivery: BackgroundDelivery;
  private readonly requestIdsByJson = new Map<string, string>();
  private closing: Promise<void> | undefined;
  private eventsOfSubscribers = SUBSCRIBERS_EVENTS;

  constructor(
    private readonly settings: Settings,
    private readonly scheduler: CallScheduler,
    lanes: () => Readonly<Record<'single' | 'bulk', Lane>> = () => this.fakeLanes(),
  ) {
    this.holds = new HoldRules(settings.retry, this.rules);
    this.wire = new WireRules(settings, this.holds, this.rules);
    this.events = new EventRules(settings, this.wire, this.rules);
    this.sender = new ScriptedSender(settings.answers, scheduler, {
      sent: (call) => this.sent(call),
      answered: (call, answer) => this.wire.answered(call.requestId, answer, this.clock.elapsed()),
    });
    this.delivery = this.createDelivery(lanes());
    this.ledger.delivered$.subscribe((delivered) => {
      this.events.delivered(delivered);
      if (settings.onDelivered === 'track') this.acceptAsSubscriber([this.newEnvelope(3)]);
    });
    this.ledger.failed$.subscribe((failed) => {
      this.events.failed(failed);
      if (settings.onFailed === 'track')
        for (const bytes of [2, 58]) this.acceptAsSubscriber([this.newEnvelope(bytes)]);
      if (settings.onFailed === 'retry') this.retryAsSubscriber(failed);
    });
  }

  async run(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      await this.execute(command);
      this.checkStep();
      if (this.closing) break;
    }
    if (this.settings.heals && !this.closing) await this.heal();
    await this.close();
    await this.scheduler.waitIdle();
    await this.turn();
    this.checkStep();
    this.rules.check(this.ledger.pending === 0, 'nothing is pending after close');
    this.rules.check(this.clock.timersSet === 0, 'no timer remains after close');
    this.rules.enforce();
  }

  private async execute(command: Command): Promise<void> {
    switch (command.kind) {
      case 'accept':
        return this.accept(command.sizes.map((bytes) => this.newEnvelope(bytes)));
      case 'accept again': {
        const old = { ...this.newEnvelope(5), windowStartedAt: this.clock.now() - command.age };
        if (!this.events.hasRoom(loadOf([old]))) return;
        this.wire.wentBefore(old.requestId, old.json, old.windowStartedAt);
        return this.accept([old]);
      }
      case 'settle':
        for (let count = 0; count < command.calls && this.scheduler.count() > 0; count++) await this.settleOne();
        return;
      case 'pass':
        return this.clock.advance(command.milliseconds);
      case 'drain':
        this.holds.drained(this.clock.elapsed());
        return this.delivery.drain();
      case 'close':
        return this.close();
    }
  }

  private accept(envelopes: readonly Envelope[]): void {
    const { overflow } = this.settings;
    const hasRoom = this.events.hasRoom(loadOf(envelopes));
    const isAccepted = this.tryAccept(envelopes);
    this.rules.check(isAccepted === hasRoom, `${envelopes.length} events find room (${overflow}): ${hasRoom}`);
  }

  private tryAccept(envelopes: readonly Envelope[]): boolean {
    this.events.acceptancesUnderWay++;
    try {
      this.delivery.accept(envelopes);
      this.events.accepted(envelopes);
      return true;
    } catch (error) {
      if (!(error instanceof BufferFullError)) throw error;
      return false;
    } finally {
      this.events.acceptancesUnderWay--;
    }
  }

  private acceptAsSubscriber(envelopes: readonly Envelope[]): void {
    // As the intake does: it refuses events as soon as the close begins.
    if (this.closing || this.eventsOfSubscribers-- <= 0) return;
    this.tryAccept(envelopes);
    this.rules.check(this.ledger.pending <= this.settings.maxPending, 'a subscriber does not overfill the buffer');
  }

  /** As `EventsService.retry()` does. */
  private retryAsSubscriber({ requestId, bulkRequestId, outcomeUnknown, windowStartedAt, event }: FailedEvent): void {
    const json = JSON.stringify(event);
    const { bytes } = JSON.parse(json) as { bytes: number };
    if (!outcomeUnknown) return this.acceptAsSubscriber([this.newEnvelope(bytes)]);
    if (bulkRequestId !== undefined || windowStartedAt === undefined) return;
    if (!isWithinIdempotencyWindow(windowStartedAt, this.clock.now())) return;
    this.wire.wentBefore(requestId, json, windowStartedAt);
    this.acceptAsSubscriber([envelope({ requestId, json, bytes, windowStartedAt })]);
  }

  private sent(call: OutgoingCall): void {
    const body = JSON.parse(call.json) as { events?: unknown[] };
    const events = (body.events ?? [body]).map((event) => this.requestIdsByJson.get(JSON.stringify(event)) ?? 'none');
    this.events.sent(events);
    this.wire.sent(call, events, { wall: this.clock.now(), elapsed: this.clock.elapsed() });
  }

  /** Everything is well: all that is pending arrives, in the time that the holds and pauses take. */
  private async heal(): Promise<void> {
    this.sender.heal();
    for (let steps = 0; this.ledger.pending > 0 && steps < MOST_STEPS_TO_HEAL; steps++) {
      if (this.scheduler.count() > 0) await this.settleOne();
      else if (this.clock.nextTimerIn < Infinity) this.clock.advance(this.clock.nextTimerIn);
      else break;
      this.checkStep();
    }
    this.rules.check(this.ledger.pending === 0, 'all that is pending arrives when everything is well');
    this.rules.enforce();
  }

  private async close(): Promise<void> {
    if (this.closing) return this.closing;
    this.wire.isClosed = true;
    this.events.isClosed = true;
    // What is asked of the log holds until here: a call that is broken off tells nothing of the host.
    this.checkStep();
    this.closing = Promise.resolve();
    this.closing = this.delivery.close();
    await this.closing;
  }

  private async settleOne(): Promise<void> {
    await this.scheduler.waitOne();
    await this.turn();
  }

  /** Lets every promise that is settled be heard. */
  private async turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  private checkStep(): void {
    this.events.checkBalance(this.ledger.stats());
    if (!this.closing) {
      const lines = { held: this.linesWith('Events wait'), resumed: this.linesWith('takes events again') };
      const isLogged = lines.held === this.holds.changes.held && lines.resumed === this.holds.changes.resumed;
      this.rules.check(isLogged, `one line a change: ${JSON.stringify({ lines, changes: this.holds.changes })}`);
    }
    this.rules.enforce();
  }

  private linesWith(words: string): number {
    return this.log.lines.filter((line) => line.includes(words)).length;
  }

  private newEnvelope(bytes: number): Envelope {
    const json = JSON.stringify({ number: this.requestIdsByJson.size, bytes });
    const created = envelope({ json, bytes });
    this.requestIdsByJson.set(json, created.requestId);
    return created;
  }

  private fakeLanes(): Record<'single' | 'bulk', Lane> {
    const lane = () => fakeLane(Object.assign(new FakeGovernor(), this.settings));
    return { single: lane(), bulk: lane() };
  }

  private createDelivery(lanes: Readonly<Record<'single' | 'bulk', Lane>>): BackgroundDelivery {
    const { settings, sender, ledger, clock, deliveryLog: log } = this;
    const requestIds = new RequestIds();
    let taken = 0;
    const random = () => settings.randomNumbers[taken++ % settings.randomNumbers.length];
    const scheduler = new Scheduler({ ...settings, bulkAfter: 1_000 }, lanes, requestIds);
    const breaker = new Breaker(settings.retry, log, random);
    const limits = { ...settings, retry: { ...settings.retry, maxRetryAfter: Infinity } };
    return new BackgroundDelivery(limits, { scheduler, breaker, sender, ledger, log, requestIds, clock, random });
  }
}
