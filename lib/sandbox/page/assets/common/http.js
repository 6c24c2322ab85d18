// @ts-check
// Calls of the sandbox's API. Every failure is a RequestError that can be shown as it is.

export class RequestError extends Error {
  /** @param {string} message @param {{ path: string, message: string }[]} [problems] */
  constructor(message, problems = []) {
    super(message);
    this.problems = problems;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>} the answer's JSON; nothing after a 204
 */
export async function request(method, path, body) {
  const response = await reach(method, path, body);
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) {
    const message = typeof answer?.message === 'string' ? answer.message : `The sandbox answered ${response.status}.`;
    throw new RequestError(message, Array.isArray(answer?.problems) ? answer.problems : []);
  }
  return answer;
}

/** @param {string} method @param {string} path @param {unknown} body */
async function reach(method, path, body) {
  try {
    const json =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return await fetch(path, { method, cache: 'no-store', ...json });
  } catch {
    throw new RequestError('The sandbox cannot be reached. Is it still running?');
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
