import { quote } from '../../common/describe-value.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { LockedAttribute, LockedTypes } from '../../sandbox/account/locked-types.js';
import { countOf } from '../catalog/describe-size.js';
import { UsageError } from '../usage-error.js';
import { fetchTypes } from './fetch-types.js';
import { DropList, type Learned } from './learned.js';

/**
 * Learns the types that a running sandbox knows.
 *
 * @param licenseCode the account that is asked for. Default: all; where they differ, the type that was there first counts
 * @throws {UsageError} (as a rejection) it cannot be reached, does not know the account, or knows no types yet
 */
export async function learnFromSandbox(url: string, licenseCode?: string): Promise<Learned> {
  const all = await fetchTypes(url);
  const wanted = all.filter((types) => licenseCode === undefined || types.licenseCode === licenseCode);
  if (wanted.length === 0) throw nothingKnown(url, licenseCode, all);
  const dropped = new DropList();
  const events = new Map(wanted.map(({ eventName }) => [eventName, new Map<string, AttributeType>()]));
  for (const { eventName, attribute } of firstOnesFirst(wanted)) {
    const types = events.get(eventName);
    if (types) learn(types, eventName, attribute, dropped);
  }
  return {
    source: url,
    events: [...events].map(([eventName, attributes]) => ({ eventName, attributes })),
    dropped,
  };
}

interface Found {
  readonly eventName: string;
  readonly attribute: LockedAttribute;
}

/** All attributes by the time of their first data point; what was declared was there before. */
function firstOnesFirst(all: readonly LockedTypes[]): Found[] {
  return all
    .flatMap(({ eventName, attributes }) => attributes.map((attribute) => ({ eventName, attribute })))
    .sort(({ attribute: { since = 0 } }, { attribute: { since: other = 0 } }) => since - other);
}

function learn(
  types: Map<string, AttributeType>,
  eventName: string,
  { name, type, conflicts }: LockedAttribute,
  dropped: DropList,
): void {
  const first = types.get(name) ?? type;
  types.set(name, first);
  const place = `${quote(eventName)}: ${quote(name)}`;
  if (type !== first) dropped.add(`${place} is a ${type} in another account, but was a ${first} first`);
  for (const [other, count] of Object.entries(conflicts ?? {})) {
    dropped.add(`${place} came as a ${other} ${countOf(count, 'time')}, but is a ${type}`, count);
  }
}

function nothingKnown(url: string, licenseCode: string | undefined, all: readonly LockedTypes[]): UsageError {
  if (licenseCode === undefined || all.length === 0) return new UsageError(`The sandbox at ${url} knows no types yet`);
  const accounts = [...new Set(all.map((types) => types.licenseCode))].sort().join(', ');
  return new UsageError(`The sandbox at ${url} knows no types of the account ${licenseCode}, but of ${accounts}`);
}
