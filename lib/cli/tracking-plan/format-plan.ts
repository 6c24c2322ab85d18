import { countOf } from '../catalog/describe-size.js';
import { plain, prose, table } from './markdown.js';
import type { PlanEvent } from './plan-event.js';

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
  return `What is sent to WebEngage: ${size}. Written by \`npx nestjs-webengage docs\` from the code; change it there.`;
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
    attributes.map(({ name, type, isOptional, description = '', example = '' }) => [
      plain(name),
      type,
      isOptional ? 'optional' : 'required',
      prose(description),
      plain(example),
    ]),
  );
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
