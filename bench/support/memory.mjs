/** The process's resident memory now, in millions of bytes. */
export function idleMegabytes() {
  return process.memoryUsage.rss() / 1e6;
}

/** The most resident memory that the process ever had, in millions of bytes. */
export function peakMegabytes() {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
