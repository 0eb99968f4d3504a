import type { Account } from "../model/account";
import { roleArnOf, type Arn } from "../model/names";
import { customerPolicyBlueprint, type CustomerPolicyBlueprint } from "./deployed-role";
import { renderDocument, type PolicyDocument, type TrustStatement } from "./policy-document";

/** A role that a service of AWS assumes to work for the account itself, with one policy. */
export interface ServiceRoleBlueprint {
  readonly id: "Alarms" | "LinuxUsers" | "Responder" | "ResponseStarter" | "Trail";
  /** How a report calls it: `the trail's role`. */
  readonly kind: string;
  /** The service that assumes it: `CloudTrail`. */
  readonly service: string;
  readonly name: string;
  readonly arn: Arn;
  /** Shown in the console. */
  readonly description: string;
  /** `text` is the trust's JSON. */
  readonly trust: { readonly text: string };
  readonly policy: CustomerPolicyBlueprint;
  /** Whether the policy is the role's boundary too: then the role may do no more, whatever somebody attaches to it. */
  readonly isBounded: boolean;
}

/** What a service's role is for, before it has an ARN and texts. */
interface ServiceRole extends Pick<ServiceRoleBlueprint, "id" | "kind" | "service" | "name" | "description"> {
  readonly trust: PolicyDocument<TrustStatement>;
  readonly isBounded?: boolean;
  readonly permissions: { readonly description: string; readonly document: PolicyDocument };
}

/** A service's role as deployed in the account. */
export const serviceRoleBlueprint = (
  account: Account,
  { trust, permissions, isBounded = false, ...role }: ServiceRole,
): ServiceRoleBlueprint => ({
  ...role,
  arn: roleArnOf(account, role.name),
  trust: { text: renderDocument(trust) },
  policy: customerPolicyBlueprint(account, role.name, {
    kind: "customer",
    purpose: "permissions",
    ...permissions,
  }),
  isBounded,
});
