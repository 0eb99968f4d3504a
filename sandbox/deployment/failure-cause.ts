/** The parts of the engine's output that say what went wrong: of a preview and an update alike, once; all of it where there are none. */
export function failureCause(stdout: string, stderr: string): string {
  const sections = stdout
    .split(/\n(?=\S[^\n]*:\n)/)
    .map((section) => section.trim())
    .filter((section) => /^(Diagnostics|Policies):/.test(section));
  // Failures of the engine itself, such as a full disk, are only on standard error.
  const causes = [...new Set(sections), stderr.trim()].filter((text) => text !== "");
  return causes.length === 0 ? stdout.trim() : causes.join("\n\n");
}
