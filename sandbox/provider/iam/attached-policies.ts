import {
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  type AttachedPolicy,
  type IAM,
} from "@aws-sdk/client-iam";

type Pages = AsyncIterable<{ readonly AttachedPolicies?: AttachedPolicy[] | undefined }>;

/** The ARNs of the managed policies on a group. */
export function policiesAttachedToGroup(client: IAM, GroupName: string): Promise<string[]> {
  return arns(paginateListAttachedGroupPolicies({ client }, { GroupName }));
}

/** The ARNs of the managed policies on a role. */
export function policiesAttachedToRole(client: IAM, RoleName: string): Promise<string[]> {
  return arns(paginateListAttachedRolePolicies({ client }, { RoleName }));
}

async function arns(pages: Pages): Promise<string[]> {
  const attached: string[] = [];
  for await (const page of pages)
    attached.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? ""));
  return attached;
}
