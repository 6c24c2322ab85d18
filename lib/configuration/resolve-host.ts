import { describeValue } from '../common/describe-value.js';
import type { DataCenter } from '../webengage.options.js';
import { isLoopback } from './loopback.js';
import type { OptionProblems } from './option-problems.js';

const HOSTS: Readonly<Record<DataCenter, string>> = {
  global: 'https://api.webengage.com',
  india: 'https://api.in.webengage.com',
  ksa: 'https://api.ksa.webengage.com',
};

/** The origin that events are sent to: `host`, or else that of the data center. */
export function resolveHost(problems: OptionProblems, options: Record<string, unknown>): string {
  const dataCenter = problems.oneOf('dataCenter', options.dataCenter, ['global', 'india', 'ksa'], 'global');
  const allowInsecureHost = problems.boolean('allowInsecureHost', options.allowInsecureHost, false);
  const { host } = options;
  if (host === undefined) return HOSTS[dataCenter];
  const problem =
    typeof host === 'string' ? problemOf(host, allowInsecureHost) : `must be a String, but is ${describeValue(host)}`;
  if (problem === undefined) return new URL(host as string).origin;
  problems.add('host', problem);
  return HOSTS[dataCenter];
}

function problemOf(host: string, allowInsecureHost: boolean): string | undefined {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return `must be a URL that begins with https://, such as ${HOSTS.global}, or on loopback with http://`;
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password; give apiKey instead';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return `must be an origin without path, query or fragment, such as ${HOSTS.global}`;
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allowInsecureHost) {
    return 'must be https, or the key would travel in the clear; http is for loopback, or with allowInsecureHost for a sandbox in another container';
  }
  return undefined;
}
