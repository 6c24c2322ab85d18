/** The command cannot do what it was asked for; the message says why, and what to do. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** 2 where it was called wrongly, 1 where the machine is in the way, or where what it was to check is wrong. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}

/** What the user did wrong ends the command with its message, not with a stack. */
export async function tellUsageErrors(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
