import { cis } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text, texts, type Resource } from "../resource";
import type { AccountExpectations } from "../expectations/account-expectations";
import { ROLE } from "../documents/of-resource";
import { tooManyAndMissing, without } from "../words";

/** The policies that a resource attaches to a role or group; `whole` where its list says all that there may be. */
interface Attached {
  readonly holder: string;
  readonly kind: "role" | "group";
  readonly arns: readonly string[];
  readonly whole: boolean;
}

function attachedBy({ type, props }: Resource): Attached | undefined {
  const one = [text(props, "policyArn") ?? ""];
  switch (type) {
    case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
      return { kind: "role", holder: text(props, "role") ?? "", arns: one, whole: false };
    case "aws:iam/groupPolicyAttachment:GroupPolicyAttachment":
      return { kind: "group", holder: text(props, "group") ?? "", arns: one, whole: false };
    case "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive":
      return {
        kind: "role",
        holder: text(props, "roleName") ?? "",
        arns: texts(props, "policyArns"),
        whole: true,
      };
    case "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive":
      return {
        kind: "group",
        holder: text(props, "groupName") ?? "",
        arns: texts(props, "policyArns"),
        whole: true,
      };
    case ROLE:
      return {
        kind: "role",
        holder: text(props, "name") ?? "",
        arns: texts(props, "managedPolicyArns"),
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
  framework: cis("groupsOnly"),
  tags: ["iam", "policy", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
  types: [
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    ROLE,
  ],
  *check(resource, { expected }) {
    const attached = attachedBy(resource);
    if (attached === undefined) return;
    const wanted = expectedArns(expected, attached);
    const faults = attached.whole
      ? tooManyAndMissing(wanted, attached.arns)
      : tooManyAndMissing([], without(attached.arns, wanted));
    if (faults.length === 0) return;
    yield `The policies attached to ${attached.holder} are not those of the roster. ${faults.join(" ")}`;
  },
});
