import { paginateListGroupPolicies, paginateListRolePolicies, type IAM } from "@aws-sdk/client-iam";

type Pages = AsyncIterable<{ readonly PolicyNames?: string[] | undefined }>;

/** The names of the inline policies of a group. */
export function inlinePoliciesOfGroup(client: IAM, GroupName: string): Promise<string[]> {
  return names(paginateListGroupPolicies({ client }, { GroupName }));
}

/** The names of the inline policies of a role. */
export function inlinePoliciesOfRole(client: IAM, RoleName: string): Promise<string[]> {
  return names(paginateListRolePolicies({ client }, { RoleName }));
}

async function names(pages: Pages): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages) found.push(...(page.PolicyNames ?? []));
  return found;
}
