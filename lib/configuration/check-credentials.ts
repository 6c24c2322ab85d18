import { describeValue } from '../common/describe-value.js';
import type { OptionProblems } from './option-problems.js';

/** What may stand in one segment of a URL's path without escaping. */
const PATH_SEGMENT = /^[\w.~!$&'()*+,;=:@-]+$/;
/** What may stand in a header's value: neither control characters nor white space. */
const HEADER_TOKEN = /^[\x21-\x7e]+$/;

export function checkLicenseCode(problems: OptionProblems, value: unknown, isMandatory: boolean): string {
  const code = checkText(problems, 'licenseCode', value, isMandatory, 'the license code of the WebEngage dashboard');
  if (code !== '' && (!PATH_SEGMENT.test(code) || code === '.' || code === '..')) {
    problems.add(
      'licenseCode',
      'must be one segment of a URL path, without "/", "?", "#", "%", white space or control characters; ' +
        'copy the code alone, not its URL',
    );
  }
  return code;
}

export function checkApiKey(problems: OptionProblems, value: unknown, isMandatory: boolean): string {
  const key = checkText(problems, 'apiKey', value, isMandatory, 'the REST API key of the WebEngage dashboard');
  if (key !== '' && !HEADER_TOKEN.test(key)) {
    problems.add(
      'apiKey',
      'must not hold white space, control characters or characters beyond ASCII; look for a line break or a quotation mark at its end',
    );
  }
  return key;
}

function checkText(
  problems: OptionProblems,
  option: 'licenseCode' | 'apiKey',
  value: unknown,
  isMandatory: boolean,
  what: string,
): string {
  if (typeof value === 'string' && value !== '') return value;
  if (value !== undefined && value !== null && value !== '') {
    problems.add(option, `must be a String, but is ${describeValue(value)}`);
  } else if (isMandatory) {
    problems.add(
      option,
      `is missing; set it to ${what} (to any text for the sandbox), or set enabled to false to send nothing`,
    );
  }
  return '';
}
