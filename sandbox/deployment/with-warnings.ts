/**
 * Runs something that may warn, and prints its warnings when it has ended, each once: every account says what concerns the whole
 * roster. Where a later account fails, those of the accounts before it are printed too.
 */
export async function withWarnings(
  run: (warn: (warning: string) => void) => Promise<void>,
  print: (warning: string) => void,
): Promise<void> {
  const warnings = new Set<string>();
  try {
    await run((warning) => void warnings.add(warning));
  } finally {
    for (const warning of warnings) print(warning);
  }
}
