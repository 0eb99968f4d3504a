import { keysOf } from "../../src/model/keys-of";
import { roleArnOf } from "../../src/model/names";
import type { Statement } from "../../src/documents/statement";
import { coversAction, coversResource } from "../../src/documents/patterns";
import type { AccountExpectations, PolicyOwner } from "../expectations/account-expectations";
import type { ExpectedRole } from "../expectations/expected-role";
import { ESCALATION_PATHS, NOT_APPLICABLE, type EscalationPath } from "./escalation-paths";

const APPLICABLE = keysOf(ESCALATION_PATHS).filter((path) => NOT_APPLICABLE[path] === undefined);

/** Ways up in the catalogue that are a role's purpose. */
const BY_DESIGN: Partial<Readonly<Record<NonNullable<ExpectedRole["role"]>, readonly EscalationPath[]>>> = {
  // Developers deploy functions: code that they update works as the function's own role, which lies under /workloads/
  // like every role that they may pass, in dev and staging only.
  Developer: ["lambda-003", "lambda-004"],
  // A partner that looks after machines runs the documents on the machines that the roster names.
  ExternalSystem: ["ssm-002"],
  // Sends one command of Muster's own to machines with a tag or a name: it makes users there without sudo.
  LinuxUsers: ["ssm-002"],
  // Attaches one policy of Muster's own to people, which denies everything; a condition names it.
  Responder: ["iam-008"],
};

/** A person's own user: changes of it raise nobody's rights. */
const isOwnUser = (resource: string): boolean => resource.endsWith("/${aws:username}");

/** Whether an Allow of passing roles is held to paths like /workloads/, on which there is no role of people or pipelines. */
function passesWorkloadsOnly(statement: Statement, { account, roles }: AccountExpectations): boolean {
  const others = [...roles.values()].filter(({ path = "/" }) => path === "/").map(({ arn }) => arn);
  return [roleArnOf(account, "any-role"), ...others].every((arn) => !coversResource(statement, arn));
}

function givesPower(statement: Statement, action: string, expected: AccountExpectations): boolean {
  if (statement.effect !== "Allow" || !coversAction(statement, action)) return false;
  if (action === "iam:PassRole") return !passesWorkloadsOnly(statement, expected);
  return statement.notResources.length > 0 || !statement.resources.every(isOwnUser);
}

/**
 * The ways up that the statements of one role or group open together. Conditions and denials are not counted in anybody's
 * favour. Nothing for owners with full IAM by design: there is nowhere up to go.
 */
export function findEscalations(
  statements: readonly Statement[],
  owner: PolicyOwner | undefined,
  expected: AccountExpectations,
): readonly EscalationPath[] {
  if (owner !== undefined && expected.hasFullIam(owner)) return [];
  const role = owner?.kind === "role" ? owner.role.role : undefined;
  const meant = (role && BY_DESIGN[role]) ?? [];
  return APPLICABLE.filter(
    (path) =>
      !meant.includes(path) &&
      ESCALATION_PATHS[path].every((action) =>
        statements.some((statement) => givesPower(statement, action, expected)),
      ),
  );
}

/** "iam-001 (iam:CreatePolicyVersion), ec2-001 (iam:PassRole with ec2:RunInstances)" */
export const describePaths = (paths: readonly EscalationPath[]): string =>
  paths.map((path) => `${path} (${ESCALATION_PATHS[path].join(" with ")})`).join(", ");
