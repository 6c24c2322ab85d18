import type { SeedEvent, WebEngageSandbox } from 'nestjs-webengage/sandbox';

export interface Posting {
  readonly licenseCode?: string;
  readonly requestId?: string;
  readonly apiKey?: string;
  /** Default: a single call. */
  readonly bulk?: boolean;
}

/** Posts JSON to the sandbox as an application without this library would. */
export async function post(
  { url }: Pick<WebEngageSandbox, 'url'>,
  body: unknown,
  { licenseCode = '~abc', requestId, apiKey = 'key', bulk = false }: Posting = {},
): Promise<Response> {
  const response = await fetch(`${url}/v1/accounts/${licenseCode}/${bulk ? 'bulk-events' : 'events'}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      ...(requestId === undefined ? undefined : { 'x-request-id': requestId }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.clone().arrayBuffer();
  return response;
}

/** Events with which a sandbox begins: `Event 0`, `Event 1`, … */
export function manyEvents(count: number): SeedEvent[] {
  return Array.from({ length: count }, (_, number) => ({ userId: `user-${number}`, eventName: `Event ${number}` }));
}
