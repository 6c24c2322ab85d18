import { get, type IncomingMessage } from 'node:http';

/** One server-sent event. */
export interface StreamMessage {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: any;
}

/** Reads a stream of server-sent events, as a page does. */
export class StreamReader {
  readonly messages: StreamMessage[] = [];
  private rest = '';

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (text: string) => this.take(text));
    response.on('error', () => undefined);
  }

  static async open(url: string, lastEventId?: string): Promise<StreamReader> {
    const headers = lastEventId === undefined ? undefined : { 'Last-Event-ID': lastEventId };
    return new StreamReader(
      await new Promise((resolve, reject) => get(url, { headers, agent: false }, resolve).on('error', reject)),
    );
  }

  get isEnded(): boolean {
    return this.response.closed;
  }

  /** All previews so far, in the order in which they came. */
  get previews(): any[] {
    return this.messages.flatMap(({ event, data }) => (event === 'events' ? (data as unknown[]) : []));
  }

  /** The state as it was told last. */
  get state(): any {
    return this.messages.filter(({ event }) => event === 'state').at(-1)?.data;
  }

  get lastEventId(): string | undefined {
    return this.messages.filter(({ id }) => id !== undefined).at(-1)?.id;
  }

  /** Resolves once it is so; looks anew at each message. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  leave(): void {
    this.response.destroy();
  }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const valueOf = (field: string) => lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
      const event = valueOf('event');
      if (event !== undefined)
        this.messages.push({ event, id: valueOf('id'), data: JSON.parse(valueOf('data') ?? '') });
    }
  }
}
