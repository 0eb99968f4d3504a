import { count } from "../model/problems";
import type { Finding } from "./finding";

/** Exit statuses of `npm run doctor`. */
export const EXIT = { fine: 0, missing: 1, unknown: 2 } as const;

const countOf = (findings: readonly Finding[], status: Finding["status"]): number =>
  findings.filter((finding) => finding.status === status).length;

/** The exit status: what could not be looked at outweighs what is missing. */
export function exitStatus(findings: readonly Finding[]): (typeof EXIT)[keyof typeof EXIT] {
  if (countOf(findings, "unknown") > 0) return EXIT.unknown;
  return countOf(findings, "missing") > 0 ? EXIT.missing : EXIT.fine;
}

/** The report for programs. */
export function reportAsJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ exitStatus: exitStatus(findings), findings }, null, 2)}\n`;
}

function line(finding: Finding): string {
  const found = `${finding.status.padEnd(8)}${finding.name}: ${finding.found}.`;
  return finding.status === "ok" ? found : `${found} ${finding.fix}`;
}

function conclusion(findings: readonly Finding[]): string {
  const [missing, unknown] = [countOf(findings, "missing"), countOf(findings, "unknown")];
  if (missing + unknown === 0) return "Nothing is missing: every account can be deployed.";
  return [
    ...(missing > 0 ? [`${count(missing, "thing is", "things are")} missing.`] : []),
    ...(unknown > 0 ? [`${count(unknown, "thing")} could not be looked at.`] : []),
  ].join(" ");
}

/** The report for people: one line each. */
export function reportAsText(findings: readonly Finding[]): string {
  return `${[...findings.map(line), "", conclusion(findings)].join("\n")}\n`;
}
