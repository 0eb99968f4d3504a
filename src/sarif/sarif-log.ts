import { createHash } from "node:crypto";

import type { KeyPlaces } from "../definitions/key-places";
import { printableLines } from "../text/printable";
import type { SarifFinding, SarifRule } from "./sarif-finding";
import { shownPlace } from "./shown-place";

/** What was looked for in one account, and what was found. */
export interface AccountFindings {
  /** The command that looked, such as `drift`. */
  readonly tool: string;
  /** The account's key. */
  readonly stack: string;
  /** Every kind of finding that it looks for, as far as they are listed beforehand. */
  readonly rules: readonly SarifRule[];
  readonly findings: readonly SarifFinding[];
}

/** Where the project lies in its repository, as `git rev-parse --show-prefix` prints it: `""` at the root, `accounts/` below. */
type Prefix = string;

const LONGEST_MESSAGE = 4_000;

function shortened(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text;
}

/** Stays the same while the finding does, wherever its line goes, so that code scanning knows it again. */
function identityOf({ rule, stack, subject }: SarifFinding): string {
  return createHash("sha256")
    .update(JSON.stringify([rule.id, stack, subject]))
    .digest("hex");
}

function resultOf(finding: SarifFinding, places: KeyPlaces, prefix: Prefix): object {
  const { rule, stack, message } = finding;
  const { file, line, note } = shownPlace(finding, places);
  const text = [`${stack}: ${shortened(printableLines(message))}`, ...(note === undefined ? [] : [note])];
  return {
    ruleId: rule.id,
    level: rule.level,
    message: { text: text.join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(`${prefix}${file}`) },
          region: { startLine: line },
        },
      },
    ],
    // GitHub compares this one alone, and computes it of the line where it is missing.
    // https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
    partialFingerprints: { primaryLocationLineHash: `${identityOf(finding)}:1` },
  };
}

const ruleOf = ({ id, title, level }: SarifRule): object => ({
  id,
  shortDescription: { text: title },
  defaultConfiguration: { level },
});

function runOf({ tool, stack, rules, findings }: AccountFindings, places: KeyPlaces, prefix: Prefix): object {
  const all = new Map([...rules, ...findings.map(({ rule }) => rule)].map((rule) => [rule.id, rule]));
  return {
    tool: { driver: { name: `Muster ${tool}`, rules: [...all.values()].map(ruleOf) } },
    // Code scanning closes a finding where the next run of the same category does not have it.
    automationDetails: { id: `${tool}/${stack}/` },
    results: findings.map((finding) => resultOf(finding, places, prefix)),
  };
}

/**
 * Findings as SARIF 2.1.0, one run an account (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html).
 * @returns the text of a `.sarif` file
 */
export function sarifLog(
  accounts: readonly AccountFindings[],
  places: KeyPlaces,
  prefix: Prefix = "",
): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: accounts.map((account) => runOf(account, places, prefix)),
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
