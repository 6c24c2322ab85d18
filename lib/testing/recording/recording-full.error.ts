import { BufferFullError } from '../../errors/buffer-full.error.js';

/** A recording has no room for a further event. */
export class RecordingFullError extends BufferFullError {
  constructor(option: BufferFullError['option'], limit: number, actual: number) {
    super(option, limit, actual);
    const what = option === 'maxPending' ? 'events' : 'bytes of events';
    this.message =
      `The recording of this test holds at most ${limit} ${what}, and with this it would be ${actual}. ` +
      'The event was not taken; make room by trackedEvents(app).clear()';
  }
}
