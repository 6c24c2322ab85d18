import { quote } from '../../common/describe-value.js';
import type { SandboxFault } from './sandbox-fault.js';

/** What a fault does, in words: `waits 200 ms, then answers 503 to the next 7 calls, 10 % of them`. */
export function describeFault(fault: SandboxFault): string {
  const { latency, calls, probability } = fault;
  const ending = describeEnding(fault);
  const acts = [latency === undefined ? undefined : `waits ${latency} ms`, ending].filter(Boolean).join(', then ');
  const whom = calls === undefined ? 'every call' : `the next ${calls === 1 ? 'call' : `${calls} calls`}`;
  const share = probability === undefined ? '' : `, ${Number((probability * 100).toFixed(2))} % of them`;
  return `${acts}: ${whom}${share}`;
}

function describeEnding({ status, retryAfter, rate, hang, reset }: SandboxFault): string | undefined {
  if (status !== undefined) {
    return `answers ${status}${retryAfter === undefined ? '' : ` with Retry-After ${quote(String(retryAfter))}`}`;
  }
  if (rate !== undefined)
    return `lets ${rate === 1 ? '1 call' : `${rate} calls`} through a second and answers 429 to the others`;
  if (hang) return 'never answers';
  return reset === undefined ? undefined : `resets the connection ${reset}`;
}
