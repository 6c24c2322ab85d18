import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = process.env.BENCH_LIBRARY ?? fileURLToPath(new URL('../..', import.meta.url));
const ADDRESS = /http:\/\/\S+/;

/**
 * Starts the sandbox as its user does, by its command.
 *
 * @param {string[]} flags of the command
 * @returns {Promise<SandboxProcess>}
 *
 * @typedef {object} SandboxProcess
 * @property {string} url
 * @property {() => number | undefined} peakMegabytes the most resident memory that it ever had; Linux only
 * @property {() => Promise<void>} stop
 */
export async function startSandbox(flags) {
  const command = join(root, 'dist/esm/cli/main.js');
  const child = spawn(process.execPath, [command, 'sandbox', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])]);
  const [url] = ADDRESS.exec(line) ?? [];
  if (url === undefined) throw new Error('the sandbox did not start');
  return {
    url,
    peakMegabytes: () => peakMegabytesOf(child.pid),
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function peakMegabytesOf(pid) {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return (Number(kibibytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
