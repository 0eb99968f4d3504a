import { countNoun } from "../model/problems";
import { printable, printableJson } from "../text/printable";
import { wrapText } from "../text/wrap-text";
import type { DoctorFinding } from "./doctor-finding";

/** Exit statuses of `npm run doctor`. */
export const DOCTOR_EXIT = { fine: 0, missing: 1, unknown: 2 } as const;

const countOf = (findings: readonly DoctorFinding[], status: DoctorFinding["status"]): number =>
  findings.filter((finding) => finding.status === status).length;

/** The exit status: what could not be looked at outweighs what is missing. */
export function doctorExitStatus(
  findings: readonly DoctorFinding[],
): (typeof DOCTOR_EXIT)[keyof typeof DOCTOR_EXIT] {
  if (countOf(findings, "unknown") > 0) return DOCTOR_EXIT.unknown;
  return countOf(findings, "missing") > 0 ? DOCTOR_EXIT.missing : DOCTOR_EXIT.fine;
}

const NOT_LOOKED_AT =
  "whether these credentials may do all that a deployment does, what service control policies deny, and what differs in the " +
  "accounts (npm run drift).";

/** The report for programs. */
export function doctorReportJson(findings: readonly DoctorFinding[]): string {
  return `${printableJson({ exitStatus: doctorExitStatus(findings), notLookedAt: NOT_LOOKED_AT, findings })}\n`;
}

function line(finding: DoctorFinding): string {
  const found = `${finding.status.padEnd(8)}${finding.name}: ${finding.found}.`;
  return printable(finding.status === "ok" || finding.fix === "" ? found : `${found} ${finding.fix}`);
}

function conclusion(findings: readonly DoctorFinding[]): string {
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
export function doctorReportText(findings: readonly DoctorFinding[], width?: number): string {
  const lines = [...findings.map(line), "", conclusion(findings), `Not looked at: ${NOT_LOOKED_AT}`];
  return wrapText(`${lines.join("\n")}\n`, width);
}
