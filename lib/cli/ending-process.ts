import { tellUsageErrors } from './usage-error.js';

/** Has the process end with a command: modules that it imports may have opened what would keep the process alive. */
export function endingProcess<Given extends unknown[]>(command: (...given: Given) => Promise<void>) {
  return async (...given: Given): Promise<void> => {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', endUnread);
    await tellUsageErrors(() => command(...given));
    await Promise.all([process.stdout, process.stderr].map(written));
    process.exit();
  };
}

/** Whoever read what is written wants no more of it: `| head`. */
function endUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** Resolves once all that was written has left the process. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
