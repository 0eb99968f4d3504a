import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, textListProperty, type CheckedResource } from "../checked-resource";
import type { AccountExpectations } from "../expectations/account-expectations";
import { ROLE_TYPE } from "../documents/carried-documents";
import { tooManyAndMissing, withoutMatched } from "../messages";

/** The policies that a resource attaches to a role or group; `whole` where its list is exclusive. */
interface Attached {
  readonly holder: string;
  readonly kind: "role" | "group";
  readonly arns: readonly string[];
  readonly whole: boolean;
}

function attachedBy({ type, props }: CheckedResource): Attached | undefined {
  const one = [textProperty(props, "policyArn") ?? ""];
  switch (type) {
    case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
      return { kind: "role", holder: textProperty(props, "role") ?? "", arns: one, whole: false };
    case "aws:iam/groupPolicyAttachment:GroupPolicyAttachment":
      return { kind: "group", holder: textProperty(props, "group") ?? "", arns: one, whole: false };
    case "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive":
      return {
        kind: "role",
        holder: textProperty(props, "roleName") ?? "",
        arns: textListProperty(props, "policyArns"),
        whole: true,
      };
    case "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive":
      return {
        kind: "group",
        holder: textProperty(props, "groupName") ?? "",
        arns: textListProperty(props, "policyArns"),
        whole: true,
      };
    case ROLE_TYPE:
      return {
        kind: "role",
        holder: textProperty(props, "name") ?? "",
        arns: textListProperty(props, "managedPolicyArns"),
        whole: false,
      };
    default:
      return undefined;
  }
}

function expectedArns({ roles, groups }: AccountExpectations, { kind, holder }: Attached): readonly string[] {
  const found = kind === "role" ? roles.get(holder) : groups.get(holder);
  return found?.policies.map(({ arn }) => arn) ?? [];
}

/** Roles and groups have the policies that the roster gives them. */
export const roleAttachments = resourcePolicy({
  name: "aws-iam-role-attachments",
  displayName: "Attached policies are the roster's",
  description: "A role or group has the policies that its place in the catalogue gives it, and no other.",
  why: "One more policy turns Read into something else while its name, its trust and its reviews stay the same.",
  remediationSteps:
    "Leave attachments to src/documents/permissions. After a change there on purpose: npm run build:policypack.",
  severity: "critical",
  framework: cisFramework("groupsOnly"),
  tags: ["iam", "policy", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
  types: [
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    ROLE_TYPE,
  ],
  *check(resource, { expected }) {
    const attached = attachedBy(resource);
    if (attached === undefined) return;
    const wanted = expectedArns(expected, attached);
    const faults = attached.whole
      ? tooManyAndMissing(wanted, attached.arns)
      : tooManyAndMissing([], withoutMatched(attached.arns, wanted));
    if (faults.length === 0) return;
    yield `The policies attached to ${attached.holder} are not those of the roster. ${faults.join(" ")}`;
  },
});
