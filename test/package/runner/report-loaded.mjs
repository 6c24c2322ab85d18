// Copied into an application: loads packages as it would, and writes what that took, as JSON: the paths of all files that
// were loaded, or with `time` the milliseconds that each package took.
// Usage: node report-loaded.mjs import|require|time <package>…
import { Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [how, ...names] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const loaded = new Set();
const milliseconds = [];

// The inspector tells of ES modules and of CommonJS alike; it takes time of its own.
if (how !== 'time') {
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => loaded.add(params.url));
  session.post('Debugger.enable');
}
for (const name of names) {
  const startedAt = performance.now();
  if (how === 'require') require(name);
  else await import(name);
  milliseconds.push(performance.now() - startedAt);
}
const files = [...loaded].filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
console.log(JSON.stringify(how === 'time' ? milliseconds : files));
