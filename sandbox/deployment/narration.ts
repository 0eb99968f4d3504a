/** ` +  aws:iam:User ann created (0.25s)`: sign, type, name, what is being done. */
const resourceLine =
  /^\s*\S+\s+(\w+:[\w/:]+)\s+(.+?)\s+(creating|created|updating|updated|deleting|deleted|replacing|replaced)\b/;

/**
 * Retells the engine's output in a line that stays short: what it is about, and how many resources are done.
 * @returns for each line of the engine's what to show, or `undefined` where it changes nothing.
 */
export function narration(): (line: string) => string | undefined {
  let done = 0;
  return (line) => {
    if (line.startsWith("Previewing")) return "previewing";
    if (line.startsWith("Updating")) return "updating";
    const [, type, name, doing] = resourceLine.exec(line) ?? [];
    if (type === undefined) return undefined;
    if (doing?.endsWith("ed")) done += 1;
    return `updating: ${done} done, ${doing} ${type} ${name}`;
  };
}
