import type { PropertyChange, ResourceChange } from "../drift/comparison";
import { shortType, type AccountReport, type DriftReport } from "../drift/drift-report";
import type { UnmanagedObject } from "../drift/unmanaged";
import type { SarifFinding, SarifRule } from "./sarif-finding";
import type { AccountFindings } from "./sarif-log";

const RULES = {
  byHand: {
    id: "changed-by-hand",
    title: "Somebody changed an account past the program.",
    level: "error",
  },
  notDeployed: {
    id: "not-deployed",
    title: "The program says what nobody has deployed yet.",
    level: "warning",
  },
  unmanaged: { id: "in-no-stack", title: "An account has what no stack has.", level: "error" },
  mismatch: {
    id: "without-counterpart",
    title: "An account, its settings and its stack do not belong together.",
    level: "error",
  },
  problem: { id: "not-looked-at", title: "An account could not be looked at.", level: "error" },
} as const satisfies Record<string, SarifRule>;

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? ""));

/** Words that one text has and the other does not: who came and who went, of all whom a trust names. */
function differingWords({ deployed, found }: PropertyChange): string {
  const [before, after] = [deployed, found].map((value) => new Set(textOf(value).split(/[^\w.@+=-]+/)));
  if (before === undefined || after === undefined) return "";
  return [
    ...[...before].filter((word) => !after.has(word)),
    ...[...after].filter((word) => !before.has(word)),
  ].join(" ");
}

function changeFinding(rule: SarifRule, stack: string, what: string, change: ResourceChange): SarifFinding {
  const { operation, type, name, properties } = change;
  const subject = `${shortType(type)} ${name}`;
  const listed = properties.map(({ property }) => property).join(", ");
  return {
    rule,
    stack,
    subject,
    message: `${subject} ${what} (${operation}${listed === "" ? "" : `: ${listed}`}).`,
    about: [name, ...properties.map(differingWords)].join(" "),
  };
}

function unmanagedFinding(stack: string, { kind, name, of, details = [] }: UnmanagedObject): SarifFinding {
  const subject = of === undefined ? `${kind} ${name}` : `${kind} ${name} of ${of}`;
  return {
    rule: RULES.unmanaged,
    stack,
    subject,
    message: [`${subject} is in no stack.`, ...details.map((detail) => `- ${detail}`)].join("\n"),
    about: of ?? name,
  };
}

function findingsOf(report: AccountReport): readonly SarifFinding[] {
  const { stack } = report;
  if ("problem" in report) {
    const message = `The account could not be looked at. ${report.problem}`;
    return [{ rule: RULES.problem, stack, subject: "", message, about: "" }];
  }
  const { byHand, notDeployed, unmanaged } = report;
  return [
    ...byHand.map((change) => changeFinding(RULES.byHand, stack, "was changed by hand", change)),
    ...notDeployed.map((change) => changeFinding(RULES.notDeployed, stack, "is not deployed yet", change)),
    ...unmanaged.map((one) => unmanagedFinding(stack, one)),
  ];
}

/** Stands for no account: its key could not have a space. */
const ALL = "all accounts";

function findingsOfAll({ mismatches, stacksUnknown }: DriftReport): readonly SarifFinding[] {
  return [
    ...mismatches.map(({ name, found, fix }) => ({
      rule: RULES.mismatch,
      stack: ALL,
      subject: name,
      message: `${name}: ${found}. ${fix}`,
      about: "",
    })),
    ...(stacksUnknown === undefined
      ? []
      : [
          {
            rule: RULES.problem,
            stack: ALL,
            subject: "stacks",
            message: `Which other stacks there are is not known. ${stacksUnknown}`,
            about: "",
          },
        ]),
  ];
}

/**
 * What drift found, for code scanning, by account; what belongs to no account alone comes last, where there is any. Where every
 * account was looked at and none was found, no run says so: its findings are closed by hand.
 */
export function driftFindings(report: DriftReport): readonly AccountFindings[] {
  const rules = Object.values(RULES);
  const ofAll = findingsOfAll(report);
  return [
    ...report.accounts.map((account) => ({
      tool: "drift",
      stack: account.stack,
      rules,
      findings: findingsOf(account),
    })),
    ...(ofAll.length > 0 ? [{ tool: "drift", stack: ALL, rules, findings: ofAll }] : []),
  ];
}
