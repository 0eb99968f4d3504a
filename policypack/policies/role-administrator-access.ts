import { awsManagedPolicyArn } from "../../src/model/names";
import { ROLE_TYPE } from "../documents/carried-documents";
import type { AccountExpectations } from "../expectations/account-expectations";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, textListProperty, type CheckedResource } from "../checked-resource";

/** AWS's policies that give everything, or a way to get it, and the roles that may have them. */
const TOO_MUCH = new Map<string, readonly string[]>([
  [awsManagedPolicyArn("AdministratorAccess"), ["Admin", "BreakGlass"]],
  [awsManagedPolicyArn("AdministratorAccess-Amplify"), []],
  [awsManagedPolicyArn("AdministratorAccess-AWSElasticBeanstalk"), []],
  [awsManagedPolicyArn("AWSCloudShellFullAccess"), []],
  [awsManagedPolicyArn("IAMFullAccess"), []],
  [awsManagedPolicyArn("PowerUserAccess"), []],
]);

function arnsIn({ props }: CheckedResource): readonly string[] {
  const one = textProperty(props, "policyArn");
  return [
    ...(one === undefined ? [] : [one]),
    ...textListProperty(props, "policyArns"),
    ...textListProperty(props, "managedPolicyArns"),
  ];
}

/** The role of the catalogue to which a resource attaches something; undefined for groups, users and others. */
function roleOf({ type, props }: CheckedResource, expected: AccountExpectations): string | undefined {
  const name =
    type === ROLE_TYPE
      ? textProperty(props, "name")
      : (textProperty(props, "role") ?? textProperty(props, "roleName"));
  return expected.roles.get(name ?? "")?.role;
}

/** Nobody but Admin and BreakGlass is an administrator. */
export const roleAdministratorAccess = resourcePolicy({
  name: "aws-iam-role-administrator-access",
  displayName: "No administrators but Admin and BreakGlass",
  description: "AWS's policies that give everything are attached to Admin and BreakGlass only.",
  why: "Somebody with one of these can do anything in the account, and give themselves what is missing.",
  remediationSteps:
    "Write what the role needs into src/documents/permissions, then npm run build:policypack; or grant Admin for a time in src/roster.ts.",
  severity: "critical",
  framework: cisFramework("noFullPrivileges"),
  tags: ["iam", "policy", "least-privilege"],
  url: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",
  types: (type) => /^aws:iam\/.*Attachment/.test(type) || type === ROLE_TYPE,
  *check(resource, { expected }) {
    const role = roleOf(resource, expected);
    for (const arn of arnsIn(resource)) {
      const holders = TOO_MUCH.get(arn);
      if (holders === undefined || (role !== undefined && holders.includes(role))) continue;
      const allowed = holders.length > 0 ? `only ${holders.join(" and ")} may have it` : "nobody may have it";
      yield `${resource.name} attaches ${arn.slice(arn.indexOf("/") + 1)}; ${allowed}.`;
    }
  },
});
