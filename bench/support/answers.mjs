const ANSWERS = [
  // WebEngage, single and bulk.
  { path: /^\/v1\/accounts\//, status: 201, body: '{"response":{"status":"queued"}}' },
  { path: /^\/2\/httpapi/, status: 200, body: '{"code":200}' },
  { path: /^\/track/, status: 200, body: '1', type: 'text/plain' },
  { path: /^\/batch/, status: 200, body: '{"status":1}' },
  // Segment and RudderStack.
  { path: /^\/v1\/batch/, status: 200, body: '{"success":true}' },
];

const prepared = ANSWERS.map(({ path, status, body, type = 'application/json' }) => ({
  path,
  status,
  headers: { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) },
  body,
}));
const UNKNOWN = { status: 404, headers: { 'Content-Length': 0 }, body: '' };

/** What the API that the path belongs to says when it has taken everything. */
export function answerFor(path) {
  return prepared.find((answer) => answer.path.test(path)) ?? UNKNOWN;
}
