import { runFaultScenario } from './run-fault-scenario.mjs';

/** Some seconds' worth of quota for 5,000 events: so the governor has its say, and the run ends in time. */
const QUOTA = { single: 1_500, bulk: 150, interval: 1_000 };
/** Shorter than by default, so that the last of many re-attempts does not take half a minute. */
const HASTY = { minDelay: 100, maxDelay: 3_000 };
const SINGLE = { name: 'single calls', delivery: { bulk: 'never' } };
// So many events wait that it does go in bulk, until what is left fits into single calls.
const BACKLOG = { name: 'bulk when behind', delivery: { bulk: 'backlog', bulkAfter: 500 } };
const BULK = { name: 'always bulk', delivery: { bulk: 'always' } };

/** Faults that meet some calls by chance may use up an event's attempts. */
const BY_CHANCE = { retry: HASTY, mayFailBy: ['attempts exhausted'] };
const STORM = { kind: 'answer 429', share: 0.8, from: 500, until: 5_500 };
const STOPPED = { quota: { single: 200, bulk: 20, interval: 1_000 }, feedFor: 0, mayFailBy: ['shut down'] };

const SITUATIONS = [
  { name: '30 % answered 503', ...BY_CHANCE, faults: [{ kind: 'answer 503', share: 0.3 }] },
  { name: '30 % reset after ingestion', ...BY_CHANCE, faults: [{ kind: 'ingest, then reset', share: 0.3 }] },
  {
    name: '10 % hang',
    ...BY_CHANCE,
    timeout: 500,
    faults: [
      { kind: 'hang', share: 0.05 },
      { kind: 'ingest, then hang', share: 0.05 },
    ],
  },
  { name: 'storm of 429', retry: HASTY, faults: [STORM] },
  {
    name: 'storm of 429 with Retry-After',
    retry: HASTY,
    faults: [{ ...STORM, share: 1, headers: { 'retry-after': '1', 'x-ratelimit-remaining': '0' } }],
  },
  {
    name: 'a bit of everything',
    ...BY_CHANCE,
    timeout: 500,
    faults: [
      { kind: 'answer 429', from: 1_000, until: 1_500 },
      { kind: 'answer 503', share: 0.1 },
      { kind: 'ingest, then reset', share: 0.1 },
      { kind: 'reset', share: 0.05 },
      { kind: 'ingest, then hang', share: 0.02 },
    ],
  },
  { name: 'port closed for 20 s', faults: [{ kind: 'close port', from: 500, until: 20_500 }] },
  { name: 'key revoked for 5 s', faults: [{ kind: 'revoke key', from: 500, until: 5_500 }] },
  {
    name: 'host 2 s slow',
    modes: [BACKLOG, BULK],
    concurrency: 64,
    faults: [{ kind: 'delay', milliseconds: 2_000 }],
  },
  { name: 'SIGTERM with much pending', ...STOPPED, signalAfter: 1_500, faults: [] },
  {
    name: 'SIGTERM while the host hangs',
    ...STOPPED,
    signalAfter: 1_500,
    faults: [{ kind: 'ingest, then hang', from: 500 }],
  },
];

export const faultMatrix = SITUATIONS.flatMap(({ name, modes = [SINGLE, BACKLOG], concurrency, ...situation }) =>
  modes.map((mode) => {
    const delivery = { ...mode.delivery, ...(concurrency === undefined ? undefined : { concurrency }) };
    const scenario = { quota: QUOTA, ...situation, delivery };
    return { name: `${name}, ${mode.name}`, run: (settings) => runFaultScenario(scenario, settings) };
  }),
);
