import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../configuration/loopback.js';

/** Whether a browser asks on behalf of a page of another site; no server says so. */
export function isForeignPage({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
}

/**
 * Why a browser must not be let in to the page and its API, or undefined if it may. A page of another site must neither
 * read nor change the sandbox, whether it asks from there or has its own name resolve to this machine.
 */
export function refusalOfBrowser({ headers }: IncomingMessage, isOnLoopback: boolean): string | undefined {
  const { host = '', origin } = headers;
  if (isOnLoopback && !isLoopback(hostnameOf(`http://${host}`))) {
    return 'The sandbox answers to localhost, 127.0.0.1 and [::1] only, unless it is told to listen elsewhere';
  }
  if (headers['sec-fetch-site'] === 'cross-site' && !isVisit(headers)) {
    return 'The sandbox does not answer to pages of other sites';
  }
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    return 'The sandbox does not answer to pages of other origins';
  }
  return undefined;
}

/** A link was followed: the site that it stands on cannot see what comes of it. */
function isVisit(headers: IncomingMessage['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
