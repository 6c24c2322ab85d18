import type { Scheduler } from 'fast-check';
import type { EventSender } from '../../../../lib/delivery/event-sender.js';
import type { Answer } from '../../../../lib/http/answer.js';
import type { OutgoingCall } from '../../../../lib/http/outgoing-call.js';
import { answerOf } from '../../../support/delivery-fakes.js';

export interface SenderListener {
  sent(call: OutgoingCall): void;
  answered(call: OutgoingCall, answer: Answer): void;
}

/** Answers calls from a script, in the order that fast-check's scheduler chooses. */
export class ScriptedSender implements EventSender {
  private readonly breakOffs = new Set<() => void>();
  private next = 0;
  private isHealthy = false;

  constructor(
    private readonly script: readonly Answer[],
    private readonly scheduler: Scheduler,
    private readonly listener: SenderListener,
  ) {}

  /** From now on every call is answered well. */
  heal(): void {
    this.isHealthy = true;
  }

  send(call: OutgoingCall): Promise<Answer> {
    this.listener.sent(call);
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        if (!this.breakOffs.delete(breakOff)) return;
        this.listener.answered(call, answer);
        resolve(answer);
      };
      const breakOff = () => settle(answerOf(undefined, { message: 'broken off' }));
      this.breakOffs.add(breakOff);
      void this.scheduler.schedule(Promise.resolve(), call.requestId).then(() => settle(this.nextAnswer()));
    });
  }

  close(): void {
    for (const breakOff of [...this.breakOffs]) breakOff();
  }

  private nextAnswer(): Answer {
    return this.isHealthy ? answerOf(201) : this.script[this.next++ % this.script.length];
  }
}
