import type { LearnedEvent } from '../../catalog/lock-file/merge-learned.js';
import { describeValue } from '../../common/describe-value.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import { AttributeTypes } from '../../sandbox/account/attribute-types.js';
import { QuotaWindow } from '../../sandbox/account/quota-window.js';
import { RequestIds } from '../../sandbox/account/request-ids.js';
import { SandboxAccount } from '../../sandbox/account/sandbox-account.js';
import { isOfWholeEvent } from '../../sandbox/arrivals/sandbox-event.js';
import { InvalidParameters, readSingle } from '../../sandbox/arrivals/wire-event.js';
import { readEvents, type SeedLine } from '../read-seed.js';
import { UsageError } from '../usage-error.js';
import { DropList, type Learned } from './learned.js';

/**
 * Learns types from events in a file of JSON Lines, as WebEngage does: the first data point of an attribute decides.
 *
 * @param licenseCode the only account whose events count; events that name no account count too. Default: all
 * @throws {UsageError} the file cannot be read, or there is nothing in it to learn from
 */
export function learnFromFile(file: string, licenseCode?: string): Learned {
  const learner = new FileLearner();
  for (const line of readEvents(file)) {
    const account = licenseCodeOf(line.event);
    if (licenseCode === undefined || account === undefined || account === licenseCode) learner.take(line);
  }
  if (learner.eventNames.size > 0) return { source: file, events: learner.learned(), dropped: learner.dropped };
  const account = licenseCode === undefined ? '' : ` of the account ${licenseCode}`;
  process.stderr.write(learner.dropped.describe());
  throw new UsageError(`${file} holds no event${account} that WebEngage would keep`);
}

class FileLearner {
  readonly dropped = new DropList();
  readonly eventNames = new Set<string>();
  private readonly types = new AttributeTypes({ left: Infinity }, new Map());
  private readonly account = new SandboxAccount(
    '',
    new QuotaWindow(Infinity, 1),
    new QuotaWindow(Infinity, 1),
    new RequestIds(),
    this.types,
  );

  take({ event, place }: SeedLine): void {
    const problem = problemOf(event);
    if (problem !== undefined) return this.dropped.add(`${place}: ${problem}`);
    const wireEvent = readSingle(event);
    const { dropped } = this.account.judge(wireEvent, 0);
    for (const { message } of dropped) this.dropped.add(`${place}: ${message}`);
    if (!dropped.some(isOfWholeEvent)) this.eventNames.add(wireEvent.eventName);
  }

  learned(): LearnedEvent[] {
    const types = new Map(this.types.list('').map(({ eventName, attributes }) => [eventName, attributes]));
    return [...this.eventNames].map((eventName) => {
      const attributes = types.get(eventName) ?? [];
      return {
        eventName,
        attributes: new Map<string, AttributeType>(attributes.map(({ name, type }) => [name, type])),
      };
    });
  }
}

/** Why WebEngage would refuse it, if it would. */
function problemOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return `must be an object, but is ${describeValue(event)}`;
  try {
    readSingle(event);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidParameters) return error.message.replace(/^Error: /, '');
    throw error;
  }
}

function licenseCodeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null ? (event as { licenseCode?: unknown }).licenseCode : undefined;
}
