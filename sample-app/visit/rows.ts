import type { EventBody, EventsService } from 'nestjs-webengage';
import type { SandboxEvent, WebEngageSandbox } from 'nestjs-webengage/sandbox';

/** One row of a table: its cells by their columns' titles. */
export type Row = Readonly<Record<string, string>>;

const ATTRIBUTES_SHOWN = 44;

/** What the sandbox took in, and what WebEngage would have dropped of it without a word. */
export function rowsOfSandbox(sandbox: WebEngageSandbox): Row[] {
  return sandbox.events().map((event) => ({
    ...describe(event, event.requestId),
    'Silently dropped': event.dropped.map(({ message }) => message).join('; ') || 'nothing',
  }));
}

/** A list to which each event is added when it is delivered or given up. */
export function recordDeliveries(events: EventsService): Row[] {
  const rows: Row[] = [];
  events.delivered$.subscribe(({ event, requestId }) =>
    rows.push({ ...describe(event, requestId), Outcome: 'queued' }),
  );
  events.failed$.subscribe(({ event, requestId, message }) =>
    rows.push({ ...describe(event, requestId), Outcome: `not delivered: ${message}` }),
  );
  return rows;
}

function describe(event: EventBody | SandboxEvent, requestId: string | undefined): Row {
  const { eventName, userId, anonymousId, eventData = {} } = event;
  return {
    Event: eventName,
    User: userId ?? `${anonymousId} (anonymous)`,
    Attributes: shorten(
      Object.entries(eventData)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? `[${value.length}]` : String(value)}`)
        .join(', '),
    ),
    'Request id': requestId ?? 'none',
  };
}

function shorten(text: string): string {
  return text.length <= ATTRIBUTES_SHOWN ? text : `${text.slice(0, ATTRIBUTES_SHOWN - 1)}…`;
}
