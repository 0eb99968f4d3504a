import { shortType } from "../drift/drift-report";
import type { PolicyViolation } from "../drift/comparison";
import type { DriftPreview } from "../drift/drift-preview";
import type { SarifFinding, SarifRule } from "./sarif-finding";
import type { UnseenOption } from "../pipeline/unseen-options";
import type { AccountFindings } from "./sarif-log";

const FAILED: SarifRule = {
  id: "preview-failed",
  title: "A preview ended before everything was looked at.",
  level: "error",
};

/**
 * What is wrong: the part of a message before why it matters and what to do, which are the same for everybody (`policypack/bind-policy.ts`).
 * The SDK puts the policy's description before all of it.
 */
const wrongPart = (message: string): string => message.split("\nWhy it matters: ", 1).join("");

function violationFinding(
  stack: string,
  { policy, isMandatory, resource, message }: PolicyViolation,
): SarifFinding {
  const subject = resource === undefined ? "the stack" : `${shortType(resource.type)} ${resource.name}`;
  const wrong = wrongPart(message);
  return {
    rule: { id: policy, title: `The policy ${policy} refuses it.`, level: isMandatory ? "error" : "warning" },
    stack,
    subject: `${subject} ${wrong}`,
    message: `${subject}: ${message}`,
    about: `${resource?.name ?? ""} ${wrong}`,
  };
}

const UNSEEN: SarifRule = {
  id: "unseen-option",
  title: "A resource has an option that no policy sees.",
  level: "error",
};

const unseenFinding = (stack: string, { resource, message }: UnseenOption): SarifFinding => ({
  rule: UNSEEN,
  stack,
  message,
  subject: message,
  about: resource?.name ?? "",
});

/** What the policy pack refuses in a preview of an account, and what it does not see, for code scanning. */
export function policyFindings(
  stack: string,
  { code, output, comparison }: DriftPreview,
  unseen: readonly UnseenOption[] = [],
): AccountFindings {
  const violations = comparison.violations.map((violation) => violationFinding(stack, violation));
  // A preview that failed for another reason has not shown that nothing is wrong.
  const failed = code !== 0 && !comparison.violations.some(({ isMandatory }) => isMandatory);
  const message = `The preview failed (exit status ${String(code)}). It ends so:\n${output}`;
  return {
    tool: "preview",
    stack,
    rules: [FAILED, UNSEEN],
    findings: [
      ...violations,
      ...unseen.map((one) => unseenFinding(stack, one)),
      ...(failed ? [{ rule: FAILED, stack, subject: "", message, about: "" }] : []),
    ],
  };
}
