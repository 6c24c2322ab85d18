import { afterAll, beforeAll } from '@jest/globals';
import { DIRECT } from './deliveries.js';
import { startTracking, type TrackingContext } from './tracking-context.js';
import { WireRecorder } from './wire-recorder.js';

/**
 * What all tests of a spec file share: a server that records what goes over the wire, and an application that tracks,
 * with direct delivery, so that an event is recorded when `track()` resolves.
 */
export interface RecordedTracking {
  wire: WireRecorder;
  tracking: TrackingContext;
}

/** Called once in a describe block. */
export function useRecordedTracking(): RecordedTracking {
  const recorded = {} as RecordedTracking;

  beforeAll(async () => {
    recorded.wire = await WireRecorder.start();
    recorded.tracking = await startTracking({
      host: recorded.wire.url,
      delivery: DIRECT,
      // The events of a file share names, and their values have many types.
      onTypeConflict: 'warn',
    });
  });

  afterAll(async () => {
    await recorded.tracking.app.close();
    await recorded.wire.close();
  });

  return recorded;
}
