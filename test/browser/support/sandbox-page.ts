import type { Locator, Page } from 'playwright-core';

/** The sandbox's page as its user sees it. */
export class SandboxPage {
  /** Those of its rows that are in the document. */
  readonly rows: Locator;
  readonly names: Locator;
  readonly detail: Locator;
  readonly findings: Locator;

  constructor(
    readonly page: Page,
    /** What went wrong in it so far. */
    readonly problems: readonly string[],
  ) {
    this.rows = page.getByTestId('event-row');
    this.names = page.locator('.row-name');
    this.detail = page.getByTestId('detail');
    this.findings = this.detail.getByTestId('finding');
  }

  get(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** What is written in the place that is counted. */
  async count(): Promise<string> {
    return this.get('count').innerText();
  }

  /** Opens the first event of this name. */
  async openEvent(name: string): Promise<void> {
    await this.rows.filter({ hasText: name }).first().click();
    await this.detail.getByRole('heading', { level: 2 }).filter({ hasText: name }).waitFor();
  }

  /** The id of the element that has the keyboard. */
  async focusedId(): Promise<string> {
    return this.read<string>('document.activeElement.id');
  }

  /** The value of an expression in the page; as text, for these tests are compiled without a browser's types. */
  async read<Value>(expression: string): Promise<Value> {
    return this.page.evaluate<Value>(expression);
  }
}
