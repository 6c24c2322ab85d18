// Tells what is known of the installed packages' vulnerabilities: `npm run audit:report`. Only a report: an advisory that is
// published today must not stop a change of today. Not every registry can be asked.
import { spawnSync } from 'node:child_process';

const PATIENCE = 60_000;
const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info'];

for (const [what, ...args] of [['what applications install', '--omit=dev'], ['dev dependencies too']]) {
  console.log(`Audit of ${what}: ${describe(audit(args))}`);
}

function audit(args) {
  const { stdout, error } = spawnSync('npm', ['audit', '--json', ...args], { encoding: 'utf8', timeout: PATIENCE });
  if (error) return { message: error.message };
  try {
    return JSON.parse(stdout);
  } catch {
    return { message: 'npm audit gave no report' };
  }
}

function describe({ metadata, vulnerabilities, message, error }) {
  if (!metadata) return `not available (${message ?? error?.summary ?? 'no answer'})`;
  const counts = SEVERITIES.filter((severity) => metadata.vulnerabilities[severity] > 0).map(
    (severity) => `${metadata.vulnerabilities[severity]} ${severity}`,
  );
  if (counts.length === 0) return 'no known vulnerabilities';
  return `${counts.join(', ')} (${Object.keys(vulnerabilities).join(', ')})`;
}
