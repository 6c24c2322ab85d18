import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { LOCK_FILE } from './lock-file.js';

/**
 * Starts a double of WebEngage on this machine and points the module's configuration to it, unless the environment
 * (or `.env`) names an account of WebEngage itself.
 */
export async function startSandboxUnlessConfigured(): Promise<WebEngageSandbox | undefined> {
  const { WEBENGAGE_LICENSE_CODE, WEBENGAGE_API_KEY, WEBENGAGE_HOST } = process.env;
  if (WEBENGAGE_LICENSE_CODE || WEBENGAGE_API_KEY || WEBENGAGE_HOST) return undefined;
  const sandbox = await WebEngageSandbox.start({ lockFile: LOCK_FILE });
  process.env.WEBENGAGE_LICENSE_CODE = 'sample-shop';
  process.env.WEBENGAGE_API_KEY = 'any-key-will-do';
  process.env.WEBENGAGE_HOST = sandbox.url;
  return sandbox;
}
