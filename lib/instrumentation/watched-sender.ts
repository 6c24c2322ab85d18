import type { EventSender } from '../delivery/event-sender.js';
import type { Answer } from '../http/answer.js';
import type { CallWatch, CallWatcher, SentCall } from './call-watcher.js';

/** Makes calls before the eyes of those who watch them. */
export class WatchedSender implements EventSender {
  constructor(
    private readonly sender: EventSender,
    private readonly watchers: readonly CallWatcher[],
  ) {}

  async send(call: SentCall): Promise<Answer> {
    const watches = this.watchers.flatMap((watcher) => watcher.watch(call) ?? []);
    const send = watches.reduce(within, () => this.sender.send(call));
    const answer = await send();
    for (const watch of watches) watch.end(answer);
    return answer;
  }

  close(): void {
    this.sender.close();
  }
}

function within<Result>(send: () => Result, watch: CallWatch): () => Result {
  return watch.run ? () => watch.run!(send) : send;
}
