import type { ServerResponse } from 'node:http';

/** An answer in JSON, or without a body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const SECURITY_HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

export function sendReply(response: ServerResponse, { status, body, headers }: Reply): void {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const type = json === undefined ? undefined : { 'Content-Type': 'application/json' };
  response.writeHead(status, { ...type, ...SECURITY_HEADERS, ...headers }).end(json);
}

/** An error as WebEngage's API words it. */
export function webEngageError(status: number, message: string, headers?: Reply['headers']): Reply {
  return { status, body: { response: { message, status: 'error' } }, headers };
}
