import type { Cadence } from "./cadence";
import { alarmCheck } from "./checks/alarm-check";
import { analyzerCheck } from "./checks/analyzer-check";
import { contractorCheck } from "./checks/contractor-check";
import { contractorCredentialCheck, credentialCheck } from "./checks/credential-check";
import { documentCheck } from "./checks/document-check";
import { leaverCheck } from "./checks/leavers";
import { leastPrivilegeCheck } from "./checks/least-privilege-check";
import { machineCheck, otherAccessCheck, peopleAccessCheck } from "./checks/access-check";
import { ownerFactsCheck } from "./checks/owner-fact-check";
import { peopleCheck } from "./checks/people-check";
import { policyChangeCheck } from "./checks/policy-change-check";
import { secretCheck } from "./checks/secret-check";
import { staleCheck } from "./checks/stale-check";
import { assumptionCheck, breakGlassCheck, changeCheck } from "./checks/trail-check";
import { combineCheckResults, type CheckResult, type ReviewContext } from "./check-result";

/** One item of a procedure, and what looks at it. */
export interface ChecklistItem {
  /** The statement, as the procedure has it. */
  readonly title: string;
  /** Where it stands. */
  readonly source: string;
  readonly check: (context: ReviewContext) => CheckResult;
}

const CADENCE = "IAM access review cadence";
const MENOTIME = "Access control, review checklist";

/** The items of each cadence, in the procedures' order. */
export const CHECKLISTS = {
  weekly: [
    { title: "Review alerts", source: CADENCE, check: alarmCheck },
    { title: "Review break-glass events", source: CADENCE, check: breakGlassCheck },
    {
      title: "Review policy changes, and who merged them",
      source: CADENCE,
      check: (context) => combineCheckResults(policyChangeCheck(context), changeCheck(context)),
    },
    {
      title: "Weekly audit of contractor access",
      source: "Contractors and temporary access",
      check: (context) => combineCheckResults(contractorCheck(context), contractorCredentialCheck(context)),
    },
  ],
  monthly: [
    {
      title: "List everybody with access to prod, and how",
      source: CADENCE,
      check: (context) => combineCheckResults(peopleAccessCheck(context), otherAccessCheck(context)),
    },
    { title: "List all roles of the middleware and other machines", source: CADENCE, check: machineCheck },
    { title: "No wildcard permissions without a justification", source: CADENCE, check: documentCheck },
    { title: "Who can read prod's secrets", source: CADENCE, check: secretCheck },
    {
      title: "AssumeRole events of unusual principals",
      source: CADENCE,
      check: (context) => combineCheckResults(assumptionCheck(context), changeCheck(context)),
    },
    {
      title: "Remove stale access: no recent use, left, changed role",
      source: CADENCE,
      check: (context) =>
        combineCheckResults(staleCheck(context), leaverCheck(context), peopleCheck(context)),
    },
  ],
  quarterly: [
    { title: "All IAM users are still active employees", source: MENOTIME, check: peopleCheck },
    {
      title: "Each user's access matches their current role",
      source: MENOTIME,
      check: (context) => combineCheckResults(documentCheck(context), otherAccessCheck(context)),
    },
    {
      title: "Remove access of employees who changed roles, and unused access",
      source: MENOTIME,
      check: (context) => combineCheckResults(staleCheck(context), peopleCheck(context)),
    },
    {
      title: "CloudTrail: unauthorized actions",
      source: MENOTIME,
      check: (context) =>
        combineCheckResults(assumptionCheck(context), changeCheck(context), breakGlassCheck(context)),
    },
    { title: "MFA for all users, and unused or stale credentials", source: MENOTIME, check: credentialCheck },
    {
      title: "Root users' virtual devices, AWS's contacts, central root management, tags of tables",
      source: "CIS AWS Foundations Benchmark, 2 Identity and Access Management",
      check: ownerFactsCheck,
    },
    { title: "Service accounts and partners", source: "PCI DSS 7.2.5.1", check: machineCheck },
    {
      title: "Secrets and access from outside",
      source: CADENCE,
      check: (context) => combineCheckResults(secretCheck(context), analyzerCheck(context)),
    },
    { title: "Least-privilege revalidation", source: CADENCE, check: leastPrivilegeCheck },
    {
      title: "Contractors' agreements and days left",
      source: "Contractors and temporary access",
      check: contractorCheck,
    },
  ],
} as const satisfies Record<Cadence, readonly ChecklistItem[]>;
