import { exampleData, exampleEvent, exampleUser } from '../support/example-event.mjs';
import { watchLoopDelay } from '../support/loop-delay.mjs';
import { idleMegabytes, peakMegabytes } from '../support/memory.mjs';

/** All events in one synchronous loop, then waiting until the library has delivered them. */
export async function measureBurst(library, { origin, warmUp = 0, events }) {
  const instance = await library.open({ origin, maxPending: events + warmUp });
  const send = instance.deliver ? loopSender(instance) : trackSender(instance);
  if (warmUp > 0) await send(0, warmUp);
  const idle = idleMegabytes();
  const cpu = process.cpuUsage();
  const { seconds, loopDelay } = await send(warmUp, warmUp + events);
  const { user, system } = process.cpuUsage(cpu);
  return {
    sent: warmUp + events,
    idleMegabytes: idle,
    peakMegabytes: peakMegabytes(),
    cpuMicrosecondsPerEvent: (user + system) / events,
    seconds,
    loopDelay,
  };
}

/** Times the whole; watches the event loop from the end of the synchronous part on. */
function trackSender({ track, settle }) {
  return async (from, to) => {
    const start = performance.now();
    for (let number = from; number < to; number++) track(exampleUser(number), exampleData(number));
    const stop = watchLoopDelay();
    await settle();
    return { seconds: (performance.now() - start) / 1000, loopDelay: stop() };
  };
}

function loopSender({ deliver }) {
  return async (from, to) => {
    const start = performance.now();
    const waiting = Array.from({ length: to - from }, (_, index) => exampleEvent(from + index));
    const stop = watchLoopDelay();
    await deliver(from, to, (number) => waiting[number - from]);
    return { seconds: (performance.now() - start) / 1000, loopDelay: stop() };
  };
}
