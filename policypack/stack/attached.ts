import type { Statement } from "../../src/documents/statement";
import { readDocument } from "../documents/read-document";
import type { AccountExpectations } from "../expectations/account-expectations";
import { customerPolicyArn } from "../../src/model/names";
import { textProperty, type CheckedResource, type StackResources } from "../checked-resource";

const POLICY = "aws:iam/policy:Policy";
const ATTACHMENTS = {
  role: { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", holder: "role" },
  group: { type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", holder: "group" },
} as const;

/** The policies of our own that the stack attaches to a role or group: ARNs are unknown at preview, names are not. */
export function attachedPolicies(
  stack: StackResources,
  { account }: AccountExpectations,
  kind: keyof typeof ATTACHMENTS,
  holder: string,
): readonly CheckedResource[] {
  const { type, holder: property } = ATTACHMENTS[kind];
  const arns = new Set(
    stack
      .of(type)
      .filter(({ props }) => textProperty(props, property) === holder)
      .map(({ props }) => textProperty(props, "policyArn")),
  );
  return stack
    .of(POLICY)
    .filter(({ props }) => arns.has(customerPolicyArn(account, textProperty(props, "name") ?? "")));
}

/** The statements of those policies. */
export function attachedStatements(
  stack: StackResources,
  expected: AccountExpectations,
  kind: keyof typeof ATTACHMENTS,
  holder: string,
): readonly Statement[] {
  return attachedPolicies(stack, expected, kind, holder).flatMap(
    ({ props }) => readDocument(textProperty(props, "policy") ?? "") ?? [],
  );
}
