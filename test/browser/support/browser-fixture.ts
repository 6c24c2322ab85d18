import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import { type SandboxOptions, WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { type AllowedProblems, watchForProblems } from './page-problems.js';
import { SandboxPage } from './sandbox-page.js';

const executablePath = process.env.CHROMIUM_PATH;
const TEST_TIMEOUT = 90_000;
/** A wait that fails names what it waited for, before the whole test runs out of time. */
const WAIT_TIMEOUT = 20_000;

export const describeInBrowser = executablePath ? describe : describe.skip;

export interface OpenOptions extends AllowedProblems {
  /** What follows the origin. Default: the page with the events. */
  readonly path?: string;
  readonly context?: BrowserContextOptions;
}

/** A browser for all tests of a file; a sandbox, and browser contexts, for each. */
export class BrowserFixture {
  sandbox!: WebEngageSandbox;
  private browser!: Browser;
  private readonly pages: SandboxPage[] = [];
  private readonly contexts: BrowserContext[] = [];

  async launch(): Promise<void> {
    // As root, and in a container, Chromium has no sandbox of its own.
    this.browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }

  async quit(): Promise<void> {
    await this.browser.close();
  }

  /** Starts the test's sandbox anew. */
  async startSandbox(options: SandboxOptions = {}): Promise<void> {
    await this.sandbox?.close();
    this.sandbox = await WebEngageSandbox.start({ apiKey: 'key', licenseCode: '~abc', ...options });
  }

  /** Opens the sandbox's page in a context of its own, and waits until it follows what comes in. */
  async open({ path = '/', context: contextOptions, ...allowed }: OpenOptions = {}): Promise<SandboxPage> {
    const context = await this.browser.newContext(contextOptions);
    context.setDefaultTimeout(WAIT_TIMEOUT);
    this.contexts.push(context);
    const page = await context.newPage();
    const problems = watchForProblems(page, this.sandbox.url, allowed);
    const opened = new SandboxPage(page, problems);
    this.pages.push(opened);
    await page.goto(`${this.sandbox.url}${path}`);
    if (path.startsWith('/api')) return opened;
    await opened.get('connection').filter({ hasText: 'Live' }).waitFor();
    return opened;
  }

  /** Closes what the test opened; it fails if any page did what none may. */
  async finish(): Promise<void> {
    const problems = this.pages.splice(0).flatMap((page) => page.problems);
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    await this.sandbox.close();
    expect(problems).toEqual([]);
  }
}

/** To be called once in a file's `describeInBrowser()`. */
export function useBrowser(): BrowserFixture {
  const fixture = new BrowserFixture();
  jest.setTimeout(TEST_TIMEOUT);
  beforeAll(() => fixture.launch());
  afterAll(() => fixture.quit());
  beforeEach(() => fixture.startSandbox());
  afterEach(() => fixture.finish());
  return fixture;
}
