// @ts-check
// What can be made to fail, for the form and the presets.

export const KINDS = [
  ['status', 'Answer with a status'],
  ['rate', 'Limit the rate (others get 429)'],
  ['latency', 'Answer slowly'],
  ['hang', 'Hang: never answer'],
  ['reset before ingestion', 'Reset the connection before ingestion'],
  ['reset after ingestion', 'Reset after ingestion: lose the answer'],
];

export const SCOPES = [
  ['calls', 'The next calls'],
  ['probability', 'Calls by chance'],
  ['always', 'All calls, until removed'],
];

/** The form's fields: `kinds` and `scopes` say when each is there. */
export const FIELDS = [
  { name: 'status', label: 'Status', kinds: ['status'], initial: '503', numeric: true },
  { name: 'retryAfter', label: 'Retry-After (s or date)', kinds: ['status'], initial: '', numeric: false },
  { name: 'message', label: 'Message', kinds: ['status'], initial: '', numeric: false, wide: true },
  { name: 'rate', label: 'Calls per second', kinds: ['rate'], initial: '5', numeric: true },
  { name: 'latency', label: 'Wait (ms)', initial: '', numeric: true },
  { name: 'calls', label: 'How many calls', scopes: ['calls'], initial: '5', numeric: true },
  { name: 'probability', label: 'Probability (0 to 1)', scopes: ['probability'], initial: '0.5', numeric: true },
  { name: 'seed', label: 'Seed (whole number)', scopes: ['probability'], initial: '', numeric: true },
];

/** @type {[string, Record<string, unknown>][]} */
export const PRESETS = [
  ['503 for the next 5 calls', { status: 503, calls: 5 }],
  ['429 with Retry-After 5', { status: 429, retryAfter: 5, calls: 1 }],
  ['Lose every answer', { reset: 'after ingestion' }],
  ['2 s slow', { latency: 2000 }],
  ['Hang', { hang: true }],
];

/** The fault that the form's values mean. @param {(name: string) => string} read */
export function faultOf(read) {
  /** @type {Record<string, unknown>} */
  const fault = {};
  const kind = read('kind');
  if (kind === 'hang') fault.hang = true;
  if (kind.startsWith('reset ')) fault.reset = kind.slice('reset '.length);
  for (const field of FIELDS) {
    if (!applies(field, kind, read('scope'))) continue;
    const value = read(field.name).trim();
    if (value !== '') fault[field.name] = typed(value, field.numeric || field.name === 'retryAfter');
  }
  return fault;
}

/** @param {{ kinds?: string[], scopes?: string[] }} field @param {string} kind @param {string} scope */
export function applies(field, kind, scope) {
  return (!field.kinds || field.kinds.includes(kind)) && (!field.scopes || field.scopes.includes(scope));
}

/** What is no number goes as it is: the sandbox says what it should be. @param {string} value @param {boolean} numeric */
function typed(value, numeric) {
  return numeric && Number.isFinite(Number(value)) ? Number(value) : value;
}
