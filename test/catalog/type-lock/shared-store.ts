import type { LockedType, TypeLockStore } from 'nestjs-webengage';

/** What the processes of one account share, in this process's memory. */
export class SharedTypes {
  readonly settled = new Map<string, LockedType>();

  settle(type: LockedType): LockedType {
    const key = JSON.stringify([type.eventName, type.attribute]);
    const settled = this.settled.get(key) ?? type;
    this.settled.set(key, settled);
    return settled;
  }
}

/** A store of one process. What goes wrong is as a test says. */
export class FakeStore implements TypeLockStore {
  isAway = false;
  readonly calls: string[] = [];
  private readonly seen = new Set<LockedType>();

  constructor(private readonly shared = new SharedTypes()) {}

  async read(): Promise<readonly LockedType[]> {
    this.called('read');
    const news = [...this.shared.settled.values()].filter((type) => !this.seen.has(type));
    for (const type of news) this.seen.add(type);
    return news;
  }

  async settle(proposed: readonly LockedType[]): Promise<readonly LockedType[]> {
    this.called('settle');
    return proposed.map((type) => this.shared.settle(type));
  }

  async close(): Promise<void> {
    this.called('close');
  }

  private called(method: string): void {
    this.calls.push(method);
    if (this.isAway) throw new Error('the store is away');
  }
}

/** Of the real clock, for what the exchange does behind track(). */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 4_000) throw new Error('It never came to be so');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A store that does as it is told, and otherwise nothing. */
export function storeOf(given: Partial<TypeLockStore>): TypeLockStore {
  return {
    read: async () => [],
    settle: async (proposed) => proposed,
    close: async () => undefined,
    ...given,
  };
}
