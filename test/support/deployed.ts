import { blueprintsOf, type AccountBlueprint } from "../../src/documents/blueprint";
import type { PolicyDocument } from "../../src/documents/policy-document";
import type { RoleBlueprint } from "../../src/documents/role-blueprint";
import type { Model } from "../../src/model/model";
import type { HeldRole } from "../../src/model/roles";

const parsed = (text: string): PolicyDocument => JSON.parse(text) as PolicyDocument;

/** The accounts of a model as they are deployed, for questions about who gets in. */
export class Deployed {
  private readonly blueprints: readonly AccountBlueprint[];
  private readonly identity: AccountBlueprint;

  constructor(model: Model) {
    this.blueprints = blueprintsOf(model);
    this.identity = this.account(model.organization.identity.key);
  }

  account(key: string): AccountBlueprint {
    const blueprint = this.blueprints.find(({ account }) => account.key === key);
    if (blueprint === undefined) throw new Error(`There is no account ${key}.`);
    return blueprint;
  }

  role(account: string, role: HeldRole): RoleBlueprint {
    const blueprint = this.account(account).roles.find((candidate) => candidate.role === role);
    if (blueprint === undefined) throw new Error(`There is no ${role} in ${account}.`);
    return blueprint;
  }

  trust(account: string, role: HeldRole): PolicyDocument<unknown> {
    return parsed(this.role(account, role).trust.text);
  }

  /** Our own policies of a role; those of AWS are left out. */
  rolePolicies(account: string, role: HeldRole): readonly PolicyDocument[] {
    return this.role(account, role).policies.flatMap((policy) =>
      policy.kind === "customer" ? [parsed(policy.text)] : [],
    );
  }

  /** What reaches a user through groups. */
  userPolicies(name: string): readonly PolicyDocument[] {
    const groups = this.identity.people?.groups ?? [];
    return groups
      .filter(({ members }) => members.some((member) => member === name))
      .flatMap(({ policies }) => policies.map(({ text }) => parsed(text)));
  }

  userTags(name: string): Readonly<Record<string, string>> {
    const user = this.identity.people?.users.find((candidate) => candidate.name === name);
    if (user === undefined) throw new Error(`There is no user ${name}.`);
    return user.tags;
  }
}
