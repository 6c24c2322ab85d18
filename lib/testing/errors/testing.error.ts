import { WebEngageError } from '../../errors/webengage.error.js';

/** A test asks for something that cannot be: its message says how to mend the test. */
export class TestingError extends WebEngageError {
  override readonly name = 'TestingError';
}
