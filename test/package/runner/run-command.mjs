import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

const running = new Set();

/**
 * Runs a command to its end, or kills it and all that it started after `timeout` milliseconds.
 * Returns whether it succeeded, and all that it wrote.
 *
 * @param options `paths`: folders whose commands come before those of the PATH
 */
export async function runCommand(command, args, { cwd, timeout, paths = [] }) {
  const env = environment(paths);
  // In a process group of its own, so that one signal reaches what npm and the shell have started too.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const timer = setTimeout(() => {
    output += `\nIt had not ended by itself after ${timeout / 1000} s and was killed.\n`;
    kill(child);
  }, timeout);
  try {
    const { code, problem } = await new Promise((resolve) => {
      child.on('error', (error) => resolve({ code: 1, problem: `${error.message}\n` }));
      child.on('close', (code, signal) => resolve({ code, problem: signal ? `Ended by ${signal}\n` : '' }));
    });
    return { ok: code === 0, output: output + problem };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/** Kills every command that still runs. */
export function killAll() {
  for (const child of running) kill(child);
}

function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** What the surrounding `npm run` and the developer's own account must not decide. */
function environment(paths) {
  const env = { ...process.env, PATH: [...paths, process.env.PATH].join(delimiter) };
  for (const name of Object.keys(env)) {
    if (/^(npm_config_local_prefix|npm_package_.*|npm_lifecycle_.*|NODE_ENV|NODE_PATH|WEBENGAGE_.*)$/.test(name)) {
      delete env[name];
    }
  }
  return env;
}
