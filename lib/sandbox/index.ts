export type { Drop, SandboxEvent } from './sandbox-event.js';
export { type SandboxOptions, type SandboxQuota, WebEngageSandbox } from './webengage-sandbox.js';
