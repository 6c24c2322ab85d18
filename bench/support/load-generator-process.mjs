import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('load-generator.mjs', import.meta.url));

/** Starts the load generator for the server at the port; `run(path, requests)` resolves when all are answered. */
export async function startLoadGenerator(port) {
  const child = fork(program);
  await once(child, 'message');
  return {
    async run(path, requests) {
      child.send({ port, path, requests });
      const [{ error }] = await once(child, 'message');
      if (error) throw new Error(error);
    },
    stop: () => child.disconnect(),
  };
}
