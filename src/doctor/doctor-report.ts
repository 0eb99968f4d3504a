import { countNoun } from "../model/problems";
import { printable, printableJson } from "../text/printable";
import { wrapText } from "../text/wrap";
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

const NOT_LOOKED_AT =
  "whether these credentials may do all that a deployment does, what service control policies deny, and what differs in the " +
  "accounts (npm run drift).";

/** The report for programs. */
export function reportAsJson(findings: readonly Finding[]): string {
  return `${printableJson({ exitStatus: exitStatus(findings), notLookedAt: NOT_LOOKED_AT, findings })}\n`;
}

function line(finding: Finding): string {
  const found = `${finding.status.padEnd(8)}${finding.name}: ${finding.found}.`;
  return printable(finding.status === "ok" || finding.fix === "" ? found : `${found} ${finding.fix}`);
}

function conclusion(findings: readonly Finding[]): string {
  const [missing, unknown] = [countOf(findings, "missing"), countOf(findings, "unknown")];
  const warnings = countOf(findings, "warning");
  return [
    ...(missing + unknown === 0 ? ["Nothing is missing of what these lines name."] : []),
    ...(missing > 0 ? [`${countNoun(missing, "thing is", "things are")} missing.`] : []),
    ...(unknown > 0 ? [`${countNoun(unknown, "thing")} could not be looked at.`] : []),
    ...(warnings > 0 ? [`${countNoun(warnings, "warning")} to look at.`] : []),
  ].join(" ");
}

/**
 * The report for people: one line each.
 * @param width of the terminal in characters
 */
export function reportAsText(findings: readonly Finding[], width?: number): string {
  const lines = [...findings.map(line), "", conclusion(findings), `Not looked at: ${NOT_LOOKED_AT}`];
  return wrapText(`${lines.join("\n")}\n`, width);
}
