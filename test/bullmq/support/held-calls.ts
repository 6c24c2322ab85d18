import { QUEUED, type ReceivedCall, type Reply } from '../../support/answering-server.js';
import type { BullMqTracking } from './bullmq-tracking.js';

/** What a server saw of calls while it turned them away. */
export interface HeldCalls {
  /** When each call came that was turned away, in milliseconds since the first of them. */
  readonly turnedAwayAt: number[];
  /** Lets every call in from now on. */
  letIn(): void;
}

/** Makes the server turn calls away, all of them or those that `isMeant` says, until it is told to let them in. */
export function turnAway(
  { server }: Pick<BullMqTracking, 'server'>,
  reply: Reply,
  isMeant: (call: ReceivedCall) => boolean = () => true,
): HeldCalls {
  const turnedAwayAt: number[] = [];
  const beganAt = { first: undefined as number | undefined };
  let isOver = false;
  server.reply = (call) => {
    if (isOver || !isMeant(call)) return QUEUED;
    const now = performance.now();
    beganAt.first ??= now;
    turnedAwayAt.push(now - beganAt.first);
    return reply;
  };
  return { turnedAwayAt, letIn: () => void (isOver = true) };
}

/** How many of the calls came when the first second was over: by then they are held back, and only probes come. */
export const probesOf = ({ turnedAwayAt }: HeldCalls): number[] => turnedAwayAt.filter((at) => at > 950);
