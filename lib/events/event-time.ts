import { types } from 'node:util';

/** How WebEngage writes a time, in words for messages. */
export const DOCUMENTED_FORMAT = 'yyyy-MM-ddTHH:mm:ss±hhmm';

const DOCUMENTED_LENGTH = 24;
const DOCUMENTED = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})([+-]\d{2})(\d{2})$/;
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:Z|([+-]\d{2})(?::?(\d{2}))?)$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Writes a Date as WebEngage documents it, in UTC and without milliseconds: `2018-09-15T18:29:00+0000`.
 * Undefined for an invalid Date and for years that four digits cannot hold.
 */
export function formatDate(date: Date): string | undefined {
  const milliseconds = Date.prototype.getTime.call(date);
  if (Number.isNaN(milliseconds)) return undefined;
  const iso = new Date(milliseconds).toISOString();
  return iso.length === DOCUMENTED_LENGTH ? `${iso.slice(0, 19)}+0000` : undefined;
}

/** Whether a String is a real time in exactly the documented format: WebEngage then takes it for a Date. */
export function isDocumentedTime(text: string): boolean {
  if (text.length !== DOCUMENTED_LENGTH) return false;
  const parts = DOCUMENTED.exec(text);
  return parts !== null && isRealTime(parts);
}

/**
 * Turns what a user may give as `eventTime` into the documented format: a Date is written in UTC, a documented
 * String stays as it is, an ISO 8601 String that names an instant keeps its own offset. Undefined for all else.
 */
export function toEventTime(value: unknown): string | undefined {
  if (types.isDate(value)) return formatDate(value);
  if (typeof value !== 'string') return undefined;
  if (isDocumentedTime(value)) return value;
  const parts = INSTANT.exec(value);
  if (parts === null || !isRealTime(parts)) return undefined;
  const [, year, month, day, hour, minute, second = '00', offsetHour = '+00', offsetMinute = '00'] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offsetHour}${offsetMinute}`;
}

function isRealTime(parts: RegExpExecArray): boolean {
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    Math.abs(offsetHour) <= 23 &&
    offsetMinute <= 59
  );
}

function daysInMonth(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeapYear ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}
