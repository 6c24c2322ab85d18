// Runs `npm start` as a newcomer would, and ends when the shopper's visit was printed and the process left cleanly.
import { spawn } from 'node:child_process';

const PATIENCE = 120_000;
const REQUEST_ID = /\b[0-9a-f]{32}\b/g;

const child = spawn('npm', ['start'], {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let output = '';
let isStopping = false;
const deadline = setTimeout(() => stop(1, `The visit was not over after ${PATIENCE} ms`), PATIENCE);

child.stdout.setEncoding('utf8').on('data', (text) => {
  process.stdout.write(text);
  output += text;
  if (!isStopping && output.includes('Ctrl-C')) stop(0);
});
child.on('exit', (code) => {
  clearTimeout(deadline);
  const ids = new Set(output.match(REQUEST_ID));
  const isComplete =
    ids.size >= 3 && ['Product Viewed', 'Added to Cart', 'Purchased'].every((name) => output.includes(name));
  console.log(`npm start: ${ids.size} events with a request id, exit code ${code}`);
  process.exitCode ||= isComplete && isStopping && code === 0 ? 0 : 1;
});

function stop(exitCode, message) {
  if (message) console.error(message);
  process.exitCode = exitCode;
  isStopping = true;
  child.kill('SIGTERM');
}
