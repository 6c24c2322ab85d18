import type { LockedTypes } from '../../sandbox/account/locked-types.js';
import { isAttributeType } from '../../events/constraints/attribute-type.js';
import { UsageError } from '../usage-error.js';

/** Milliseconds. */
const TIMEOUT = 10_000;

/**
 * Asks a running sandbox for the types that it knows.
 *
 * @throws {UsageError} (as a rejection) it cannot be reached, or what answers is no sandbox
 */
export async function fetchTypes(url: string): Promise<readonly LockedTypes[]> {
  const answer = await ask(url);
  if (isTypes(answer)) return answer.events;
  throw new UsageError(`${url} does not answer as a sandbox does: ${describeAnswer(answer)}`);
}

async function ask(url: string): Promise<unknown> {
  const address = addressOf(url);
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
    const text = await response.text();
    return response.ok ? parse(text) : response.status;
  } catch (error) {
    throw new UsageError(
      `${url} cannot be reached: ${reasonOf(error)}. Start a sandbox there: npx nestjs-webengage sandbox`,
    );
  }
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL('/api/types', url) : undefined;
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address;
  throw new UsageError(`${url} is no URL of a sandbox, such as http://127.0.0.1:4010`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${TIMEOUT / 1_000} seconds`;
  const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return code ?? message ?? name;
}

function describeAnswer(answer: unknown): string {
  return typeof answer === 'number' ? `GET /api/types is answered with ${answer}` : 'GET /api/types has another form';
}

function isTypes(answer: unknown): answer is { readonly events: readonly LockedTypes[] } {
  const { events } = (answer ?? {}) as { events?: unknown };
  return Array.isArray(events) && events.every(isEventTypes);
}

function isEventTypes(types: Partial<Record<keyof LockedTypes, unknown>> | null): boolean {
  return (
    typeof types?.eventName === 'string' &&
    typeof types.licenseCode === 'string' &&
    Array.isArray(types.attributes) &&
    types.attributes.every(isAttribute)
  );
}

function isAttribute(attribute: { name?: unknown; type?: unknown; conflicts?: unknown } | null): boolean {
  return typeof attribute?.name === 'string' && isAttributeType(attribute.type);
}
