// WebEngage for one scenario: the sandbox behind a host that spoils calls. Answers every message with what it has seen.
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { FaultyHost } from './faulty-host.mjs';

const { apiKey, licenseCode, quota, slidingQuota, faults, seed } = JSON.parse(process.argv[2]);
const sandbox = await WebEngageSandbox.start({ apiKey, licenseCode, quota, maxEvents: 100_000 });
const host = await FaultyHost.start(sandbox.url, faults, seed, slidingQuota);

process.on('disconnect', () => process.exit());
process.on('message', () => process.send({ kind: 'seen', ...seen() }));
process.send({ kind: 'listening', url: host.url });

function seen() {
  const events = sandbox.events();
  return {
    calls: host.calls,
    ingested: events.map(({ userId, eventData }) => ({ userId, marker: eventData.Marker })),
    dropped: events.flatMap(({ dropped }) => dropped.map(({ message }) => message)),
  };
}
