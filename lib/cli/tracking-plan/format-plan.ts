import { countOf } from '../catalog/describe-size.js';
import { plain, prose, table } from './markdown.js';
import type { PlanAttribute, PlanEvent } from './plan-event.js';

/** Between an attribute and what is within its value. */
const WITHIN = ' › ';

/** Writes a tracking plan in Markdown. */
export function formatPlan(title: string, events: readonly PlanEvent[]): string {
  const declared = events.filter(({ classes }) => classes.length > 0);
  const undeclared = events.filter(({ classes }) => classes.length === 0);
  const parts = [`# ${plain(title)}`, introduction(declared), ...declared.flatMap(formatEvent)];
  if (undeclared.length > 0) parts.push(...formatUndeclared(undeclared));
  return `${parts.join('\n\n')}\n`;
}

function introduction(events: readonly PlanEvent[]): string {
  const attributes = events.reduce((sum, event) => sum + event.attributes.length, 0);
  const size = `${countOf(events.length, 'event')} with ${countOf(attributes, 'attribute')}`;
  const origin = `What is sent to WebEngage: ${size}. Written by \`npx nestjs-webengage docs\` from the code; change it there.`;
  const example = events.flatMap(({ attributes }) => attributes).find(({ within }) => within.length > 0);
  return example === undefined ? origin : `${origin}\n\n${howToRead(example)}`;
}

function howToRead({ name, within: [first] }: PlanAttribute): string {
  const place = `**${plain(name)}${WITHIN}${plain(first.name)}**`;
  return `${place} stands for the ${plain(first.name)} within the value of ${plain(name)} or, where that is a JSON Array, within each item of it.`;
}

function formatEvent({ eventName, classes, description, attributes, undeclared }: PlanEvent): string[] {
  const also = undeclared.map(({ name, type }) => `${plain(name)} (${type})`).join(', ');
  return [
    `## ${plain(eventName)}`,
    ...(description === undefined ? [] : [prose(description)]),
    `${classes.length > 1 ? 'Classes' : 'Class'}: ${classes.map(plain).join(', ')}`,
    attributes.length === 0 ? 'It has no attributes.' : formatAttributes(attributes),
    ...(also === '' ? [] : [`WebEngage may have values of these besides, which no class declares: ${also}.`]),
  ];
}

function formatAttributes(attributes: PlanEvent['attributes']): string {
  return table(
    ['Attribute', 'Type', 'Presence', 'Description', 'Example'],
    attributes.flatMap((attribute) => rowsOf(attribute)),
  );
}

/** The attribute, and then what is within it. */
function rowsOf(attribute: PlanAttribute, around = ''): string[][] {
  const { name, type, isOptional, description = '', example = '', within, isCut } = attribute;
  const path = `${around}${plain(name)}`;
  return [
    [path, type, isOptional ? 'optional' : 'required', prose(description), plain(example)],
    ...within.flatMap((inner) => rowsOf(inner, `${path}${WITHIN}`)),
    ...(isCut ? [[`${path}${WITHIN}…`, '', '', '', '']] : []),
  ];
}

function formatUndeclared(events: readonly PlanEvent[]): string[] {
  return [
    '## Events that no class declares',
    'WebEngage has these, or may have them, from elsewhere or from earlier; their types are locked all the same.',
    ...events.flatMap(({ eventName, undeclared }) => [
      `### ${plain(eventName)}`,
      undeclared.length === 0
        ? 'No attributes are known.'
        : table(
            ['Attribute', 'Type'],
            undeclared.map(({ name, type }) => [plain(name), type]),
          ),
    ]),
  ];
}
