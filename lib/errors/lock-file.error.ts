import { WebEngageError } from './webengage.error.js';

/** A lock file cannot be used: it cannot be read, is no JSON, or is of an unknown version or form. */
export class LockFileError extends WebEngageError {
  override readonly name = 'LockFileError';

  constructor(
    /** The file's path, as it was given. */
    readonly file: string,
    /** What is wrong with it, in one line. */
    problem: string,
  ) {
    super(`${file} ${problem}`);
  }
}
