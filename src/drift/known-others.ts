import { OPS_PATH } from "../documents/permissions/paths";
import type { Account, Organization } from "../model/account";
import { customerPolicyArn, rolePolicyName } from "../model/names";

/** Something that may be in an account although no stack made it. */
export type KnownOther = {
  /** Why it may. */
  readonly reason: string;
} & (
  | { readonly kind: "user" | "group"; readonly name: string }
  | { readonly kind: "policy"; readonly path: string }
  | { readonly kind: "role"; readonly name: string }
  | {
      readonly kind: "role";
      /** All roles under this path; where it names a boundary, those that carry it. */
      readonly path: string;
      readonly boundary?: string;
    }
);

/** What `npm run drift` does not report. Add what your accounts have for other reasons; say which. */
export function knownOthers(organization: Organization, account: Account): readonly KnownOther[] {
  return [
    {
      kind: "role",
      path: "/aws-service-role/",
      reason: "AWS's services make these, and only they assume them.",
    },
    {
      kind: "role",
      name: "OrganizationAccountAccessRole",
      reason: "AWS Organizations makes it in each account that it creates (docs/runbooks/bootstrap.md).",
    },
    {
      kind: "role",
      path: OPS_PATH,
      boundary: customerPolicyArn(account, rolePolicyName(organization, "Ops", account, "boundary")),
      reason: "Ops makes roles for services in prod, within its own boundary.",
    },
    { kind: "policy", path: OPS_PATH, reason: "Ops makes policies for those roles." },
  ];
}
