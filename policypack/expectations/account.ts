import type { AccountBlueprint } from "../../src/documents/blueprint";
import type { GroupBlueprint } from "../../src/documents/group-blueprint";
import type { PolicyBlueprint } from "../../src/documents/role-blueprint";
import type { UserBlueprint } from "../../src/documents/user-blueprint";
import type { Account, Organization } from "../../src/model/account";
import type { Model } from "../../src/model/model";
import { powerGroupName } from "../../src/model/names";
import type { HeldRole } from "../../src/model/roles";
import { serviceRoles } from "./service-roles";

/** A role that the account may have. */
export interface ExpectedRole {
  readonly name: string;
  /** The role of the catalogue that people hold, or nothing for the role of a service. */
  readonly heldAs?: HeldRole;
  /** The trust's JSON. */
  readonly trust: string;
  readonly policies: readonly PolicyBlueprint[];
  readonly boundary?: PolicyBlueprint;
}

/** To whom a policy of our own is attached. */
export type PolicyOwner =
  | { readonly kind: "role"; readonly name: string; readonly heldAs?: HeldRole }
  | { readonly kind: "group"; readonly name: string };

/** A policy of our own that the account may have. */
export interface ExpectedPolicy {
  readonly name: string;
  /** The document's JSON. */
  readonly text: string;
  readonly owner: PolicyOwner;
}

/** What has full IAM by design, so that looking for ways to reach it is pointless: it is there. */
const FULL_IAM_ROLES: readonly HeldRole[] = ["Admin", "BreakGlass", "Ops"];

const byName = <Named extends { readonly name: string }>(all: readonly Named[]): ReadonlyMap<string, Named> =>
  new Map(all.map((one) => [one.name, one]));

function customerPolicies(
  policies: readonly PolicyBlueprint[],
  owner: PolicyOwner,
): readonly ExpectedPolicy[] {
  return policies.flatMap((policy) =>
    policy.kind === "customer" ? [{ name: policy.name, text: policy.text, owner }] : [],
  );
}

/** All that an account may hold by the roster at one moment, indexed for one look-up a resource. */
export class AccountExpectations {
  readonly organization: Organization;
  readonly account: Account;
  readonly roles: ReadonlyMap<string, ExpectedRole>;
  readonly policies: ReadonlyMap<string, ExpectedPolicy>;
  readonly users: ReadonlyMap<string, UserBlueprint>;
  readonly groups: ReadonlyMap<string, GroupBlueprint>;

  constructor(
    readonly model: Model,
    readonly blueprint: AccountBlueprint,
  ) {
    this.organization = model.organization;
    this.account = blueprint.account;
    const people = blueprint.roles.map(({ name, role, trust, policies, boundary }): ExpectedRole => ({
      name,
      heldAs: role,
      trust: trust.text,
      policies,
      ...(boundary && { boundary }),
    }));
    const roles = [...people, ...serviceRoles({ organization: this.organization, account: this.account })];
    const groups = blueprint.people?.groups ?? [];
    this.roles = byName(roles);
    this.users = byName(blueprint.people?.users ?? []);
    this.groups = byName(groups);
    this.policies = byName([
      ...roles.flatMap(({ name, heldAs, policies, boundary }) =>
        customerPolicies([...policies, ...(boundary ? [boundary] : [])], {
          kind: "role",
          name,
          ...(heldAs && { heldAs }),
        }),
      ),
      ...groups.flatMap(({ name, policies }) => customerPolicies(policies, { kind: "group", name })),
    ]);
  }

  /** The role of this name, where people hold it. */
  peoplesRole(name: string | undefined): (ExpectedRole & { readonly heldAs: HeldRole }) | undefined {
    const role = this.roles.get(name ?? "");
    return role?.heldAs === undefined ? undefined : { ...role, heldAs: role.heldAs };
  }

  /** Whether the owner of a policy holds full IAM by design: Admin, BreakGlass, Ops and PowerG. */
  hasFullIam(owner: PolicyOwner): boolean {
    if (owner.kind === "group") return owner.name === powerGroupName(this.organization);
    return FULL_IAM_ROLES.some((role) => role === owner.heldAs);
  }
}
