import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where the figures were seen. */
export function machine() {
  return {
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMegabytes: Math.round(totalmem() / 1e6),
    loadBefore: loadavg()[0],
  };
}
