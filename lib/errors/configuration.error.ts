import { WebEngageError } from './webengage.error.js';

/** One wrong option of the module. */
export interface ConfigurationProblem {
  /** The option's path, such as `retry.maxAttempts`. */
  readonly option: string;
  /** The environment variable that `webEngageConfig` reads it from, if there is one. */
  readonly environmentVariable?: string;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

/**
 * The module's options are wrong, and the application does not boot; or those of the sandbox, or of a fault, are.
 * `problems` lists every wrong option at once. No secret is ever part of it.
 */
export class ConfigurationError extends WebEngageError {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly problems: readonly ConfigurationProblem[],
    /** What they are options of. */
    subject = 'WebEngageModule',
  ) {
    super(`${subject} is configured wrongly:\n${problems.map(toLine).join('\n')}`);
  }
}

function toLine({ option, environmentVariable, message }: ConfigurationProblem): string {
  return `  - ${option}${environmentVariable ? ` (${environmentVariable})` : ''}: ${message}`;
}
