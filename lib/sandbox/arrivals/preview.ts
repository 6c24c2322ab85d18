import type { SandboxArrival } from './sandbox-arrival.js';

const MAX_TEXT = 200;
const MAX_ATTRIBUTES = 40;
const MAX_FINDINGS = 10;

/** An event as a list shows it: whatever is long was cut, however large the event is. */
export function preview(arrival: SandboxArrival): SandboxArrival {
  const cutter = new Cutter();
  const { findings, types, attempts } = arrival;
  if (findings.length > MAX_FINDINGS) cutter.hasCut = true;
  const shown: SandboxArrival = {
    ...arrival,
    licenseCode: cutter.cut(arrival.licenseCode) as string | undefined,
    requestId: cutter.cut(arrival.requestId) as string | undefined,
    userId: cutter.cut(arrival.userId),
    anonymousId: cutter.cut(arrival.anonymousId),
    eventName: cutter.cut(arrival.eventName),
    eventTime: cutter.cut(arrival.eventTime),
    eventData: cutter.cutAttributes(arrival.eventData),
    types: cutter.cutAttributes(types) as SandboxArrival['types'],
    findings: findings.slice(0, MAX_FINDINGS),
    attempts: attempts.map((attempt) => ({ ...attempt, message: cutter.cut(attempt.message) as string | undefined })),
  };
  return cutter.hasCut ? { ...shown, shortened: true } : shown;
}

class Cutter {
  hasCut = false;

  cutAttributes(attributes: unknown): unknown {
    if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return this.cut(attributes);
    const entries = Object.entries(attributes);
    if (entries.length > MAX_ATTRIBUTES) this.hasCut = true;
    // Without a prototype: an attribute may have any name.
    const cut = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of entries.slice(0, MAX_ATTRIBUTES)) cut[this.cutText(name)] = this.cut(value);
    return cut;
  }

  cut(value: unknown): unknown {
    if (typeof value === 'string') return this.cutText(value);
    if (typeof value !== 'object' || value === null) return value;
    this.hasCut = true;
    return this.cutText(JSON.stringify(value));
  }

  private cutText(text: string): string {
    if (text.length <= MAX_TEXT) return text;
    this.hasCut = true;
    return `${text.slice(0, MAX_TEXT)}…`;
  }
}
