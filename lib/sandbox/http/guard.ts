import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../configuration/loopback.js';

/**
 * Why a browser must not be let in to the page and its API, or undefined if it may. A page of another site must neither
 * read nor change the sandbox, whether it asks from there or has its own name resolve to this machine.
 */
export function refusalOfBrowser({ headers }: IncomingMessage, isOnLoopback: boolean): string | undefined {
  const { host = '', origin } = headers;
  if (isOnLoopback && !isLoopback(hostnameOf(`http://${host}`))) {
    return 'The sandbox answers to localhost and 127.0.0.1 only';
  }
  if (headers['sec-fetch-site'] === 'cross-site') return 'The sandbox does not answer to pages of other sites';
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    return 'The sandbox does not answer to pages of other origins';
  }
  return undefined;
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
