const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Does some work that waits for nothing: an interrupt in its middle is too late, and ends nothing by halves. */
export function uninterrupted<T>(work: () => T): T {
  const ignore = (): void => undefined;
  for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, ignore);
  }
}
