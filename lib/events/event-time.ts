import { types } from 'node:util';

/** How WebEngage writes a time, in words for messages. */
export const DOCUMENTED_FORMAT = 'yyyy-MM-ddTHH:mm:ss±hhmm';

const DOCUMENTED_LENGTH = 24;
const DOCUMENTED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:Z|([+-]\d{2})(?::?(\d{2}))?)$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ZERO = '0'.charCodeAt(0);

/**
 * Writes a Date as WebEngage documents it, in UTC and without milliseconds: `2018-09-15T18:29:00+0000`.
 * Undefined for an invalid Date and for years that four digits cannot hold.
 */
export function formatDate(date: Date): string | undefined {
  if (Number.isNaN(Date.prototype.getTime.call(date))) return undefined;
  const iso = Date.prototype.toISOString.call(date);
  return iso.length === DOCUMENTED_LENGTH ? `${iso.slice(0, 19)}+0000` : undefined;
}

/** Whether a String is a real time in exactly the documented format: WebEngage then takes it for a Date. */
export function isDocumentedTime(text: string): boolean {
  return (
    text.length === DOCUMENTED_LENGTH &&
    DOCUMENTED.test(text) &&
    isRealDay(numberAt(text, 0, 4), numberAt(text, 5, 7), numberAt(text, 8, 10)) &&
    numberAt(text, 11, 13) <= 23 &&
    numberAt(text, 14, 16) <= 59 &&
    numberAt(text, 17, 19) <= 59 &&
    numberAt(text, 20, 22) <= 23 &&
    numberAt(text, 22, 24) <= 59
  );
}

/**
 * Turns what a user may give as `eventTime` into the documented format: a Date is written in UTC, a documented
 * String stays as it is, an ISO 8601 String that names an instant keeps its own offset. Undefined for all else.
 */
export function toEventTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return types.isDate(value) ? formatDate(value) : undefined;
  if (isDocumentedTime(value)) return value;
  const parts = INSTANT.exec(value);
  if (parts === null) return undefined;
  const [, minute, second = '00', offsetHour = '+00', offsetMinute = '00'] = parts;
  const documented = `${minute}:${second}${offsetHour}${offsetMinute}`;
  return isDocumentedTime(documented) ? documented : undefined;
}

/** The number that digits of a text make. */
function numberAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index++) number = number * 10 + text.charCodeAt(index) - ZERO;
  return number;
}

function isRealDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeapYear ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}
