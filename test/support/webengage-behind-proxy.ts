import { afterEach, beforeEach } from '@jest/globals';
import type { EventsService, WebEngageModuleOptions } from 'nestjs-webengage';
import { type SandboxOptions, WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { FaultyProxy } from './faulty-proxy.js';
import { startTracking, type TrackingContext } from './tracking-context.js';

/** What each test of a spec file finds ready: a sandbox, a proxy before it that can spoil calls, and the way to track. */
export interface WebEngageBehindProxy {
  sandbox: WebEngageSandbox;
  proxy: FaultyProxy;
  /** What `start()` started last. */
  tracking: TrackingContext;
  start(options?: Partial<WebEngageModuleOptions>): Promise<EventsService>;
}

/**
 * Called once in a describe block; everything is new for each test, and closed after it. `defaults` hold for every
 * `start()` that does not say otherwise.
 */
export function useWebEngageBehindProxy(
  sandboxOptions: SandboxOptions = {},
  defaults: Partial<WebEngageModuleOptions> = {},
): WebEngageBehindProxy {
  let started: TrackingContext | undefined;
  const webEngage = {
    get tracking() {
      if (!started) throw new Error('start() was not called');
      return started;
    },
    async start(options: Partial<WebEngageModuleOptions> = {}) {
      await started?.app.close();
      started = await startTracking({ host: webEngage.proxy.url, ...defaults, ...options });
      return started.events;
    },
  } as WebEngageBehindProxy;

  beforeEach(async () => {
    webEngage.sandbox = await WebEngageSandbox.start(sandboxOptions);
    webEngage.proxy = await FaultyProxy.start(webEngage.sandbox.url);
  });

  afterEach(async () => {
    await started?.app.close();
    started = undefined;
    await webEngage.proxy.close();
    await webEngage.sandbox.close();
  });

  return webEngage;
}
