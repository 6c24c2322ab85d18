import type { Page } from 'playwright-core';

/** What Chromium writes when the server of a page is gone. */
const BROKEN_CONNECTION = /net::ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/;

export interface AllowedProblems {
  /** The sandbox is to be closed while the page is open. */
  readonly brokenConnections?: boolean;
  /** What the console may say, such as of a status that is provoked. */
  readonly console?: RegExp;
}

/** Lists what no page may do: reach another origin, break its security policy, open dialogs, or fail. */
export function watchForProblems(page: Page, origin: string, allowed: AllowedProblems): string[] {
  const problems: string[] = [];
  const isAllowed = (text: string): boolean =>
    (allowed.console?.test(text) ?? false) || (allowed.brokenConnections === true && BROKEN_CONNECTION.test(text));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) problems.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isAllowed(message.text())) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return problems;
}
