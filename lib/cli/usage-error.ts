/** The command cannot do what it was asked for; the message says why, and what to do. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** 2 where it was called wrongly, 1 where the machine is in the way. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}
