import { globsOverlap } from "../../src/access/arn-overlap";
import type { AccountBlueprint } from "../../src/documents/blueprint";
import type { GroupBlueprint } from "../../src/documents/group-blueprint";
import type { PolicyBlueprint } from "../../src/documents/deployed-role";
import type { UserBlueprint } from "../../src/documents/user-blueprint";
import type { Account, Organization } from "../../src/model/account";
import type { Model } from "../../src/model/model";
import {
  caseless,
  PEOPLE_PATH,
  PIPELINE_PATH,
  powerGroupName,
  type AlarmSubject,
} from "../../src/model/names";
import type { HeldRole } from "../../src/model/roles";
import { accountResources } from "../../src/resources/account-resources";
import { DependentResource, type DescribedResource } from "../../src/resources/described-resource";
import { alarmThreshold } from "../../src/resources/alarm-settings";
import type { StackSettings } from "../../src/resources/account-settings";
import {
  addressIn,
  resourceAddress,
  expectedResource,
  type ExpectedResource,
} from "../resources/expected-resource";
import { namedInText } from "../resources/named-in-text";
import { RESOURCE_IDENTITY } from "../resources/resource-identity";
import type { ExpectedRole } from "./expected-role";
import { expectedServiceRoles } from "./expected-service-roles";

/** A role that people hold. */
export type PeoplesRole = ExpectedRole & { readonly role: HeldRole };

/** A user that the account has. */
export type ExpectedUser = Pick<UserBlueprint, "name" | "tags"> & { readonly path: string };

/** The role or group that has a policy of our own. */
export type PolicyOwner =
  | { readonly kind: "role"; readonly role: ExpectedRole }
  | { readonly kind: "group"; readonly group: GroupBlueprint };

/** A policy of our own that the account may have. */
export interface ExpectedPolicy {
  readonly name: string;
  /** The document's JSON. */
  readonly text: string;
  readonly owner: PolicyOwner;
}

/** Roles with full IAM by design, in which looking for ways to reach it is pointless. */
const FULL_IAM_ROLES: readonly ExpectedRole["role"][] = ["Admin", "BreakGlass", "Ops", "Deploy"];

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

/** Policies of AWS, which no account owns. */
const AWS_POLICIES = "arn:aws:iam::aws:policy/";

/** The names and ARNs that a description has: its own, and those of the resources that it refers to. */
function namesIn({ type, properties }: DescribedResource): readonly string[] {
  const identity = RESOURCE_IDENTITY[type];
  const naming = identity.kind === "named" ? identity.by : undefined;
  return Object.entries(properties).flatMap(([key, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => {
      const text: unknown = one instanceof DependentResource ? one.value : key === naming ? one : undefined;
      return typeof text === "string" && !text.startsWith(AWS_POLICIES) ? [text] : [];
    });
  });
}

/** The resources that an account has, by where they stand. */
interface ResourceIndex {
  readonly all: readonly ExpectedResource[];
  readonly byAddress: ReadonlyMap<string, ExpectedResource>;
  readonly components: ReadonlySet<string>;
  /** Names and ARNs, without regard to case: IAM's have none. */
  readonly names: ReadonlySet<string>;
  readonly longestName: number;
}

/** All that an account may hold by the roster at one moment, indexed for one look-up a resource. */
export class AccountExpectations {
  readonly organization: Organization;
  readonly account: Account;
  readonly roles: ReadonlyMap<string, ExpectedRole>;
  readonly policies: ReadonlyMap<string, ExpectedPolicy>;
  readonly users: ReadonlyMap<string, ExpectedUser>;
  readonly groups: ReadonlyMap<string, GroupBlueprint>;
  private readonly peoplesRoles: ReadonlyMap<string, PeoplesRole>;
  private indexed: ResourceIndex | undefined;

  constructor(
    readonly model: Model,
    readonly blueprint: AccountBlueprint,
    /** The settings of the account's stack. */
    private readonly settings: () => StackSettings,
    /** The names of the roles of every account of the organization, without regard to case. */
    readonly organizationRoles: ReadonlySet<string>,
  ) {
    this.organization = model.organization;
    this.account = blueprint.account;
    const { roles, partnerRoles, workloadRoles, pipeline, people } = blueprint;
    const groups = [...(people?.groups ?? []), ...(pipeline?.users.map(({ group }) => group) ?? [])];
    this.peoplesRoles = byName(roles);
    this.roles = byName<ExpectedRole>([
      ...roles,
      ...partnerRoles,
      ...workloadRoles,
      ...(pipeline?.roles ?? []),
      ...expectedServiceRoles(this.organization, blueprint),
    ]);
    this.users = byName([
      ...(people?.users.map((user) => ({ ...user, path: PEOPLE_PATH })) ?? []),
      ...(pipeline?.users.map(({ name }) => ({ name, tags: {}, path: PIPELINE_PATH })) ?? []),
    ]);
    this.groups = byName(groups);
    this.policies = byName([
      ...[...this.roles.values()].flatMap((role) =>
        customerPolicies([...role.policies, ...(role.boundary ? [role.boundary] : [])], {
          kind: "role",
          role,
        }),
      ),
      ...groups.flatMap((group) => customerPolicies(group.policies, { kind: "group", group })),
    ]);
  }

  /** The role of this name, where people hold it. */
  peoplesRole(name: string | undefined): PeoplesRole | undefined {
    return this.peoplesRoles.get(name ?? "");
  }

  /** Every resource that the account has. */
  get resources(): readonly ExpectedResource[] {
    return this.index().all;
  }

  /** The resource of this URN, where the account has it. */
  resourceAt(urn: string): ExpectedResource | undefined {
    return this.index().byAddress.get(addressIn(urn));
  }

  /** Whether a component of the account has this URN. */
  hasComponent(urn: string): boolean {
    return this.index().components.has(addressIn(urn));
  }

  /**
   * Whether a text has the name or ARN of a resource of the account in it.
   * @param ids that AWS gave these resources, without regard to case
   */
  namesResource(text: string, ids: ReadonlySet<string>): boolean {
    const { names, longestName } = this.index();
    for (const part of namedInText(text, longestName)) {
      const name = caseless(part);
      if (names.has(name) || ids.has(name)) return true;
    }
    return false;
  }

  /** Whether a part of an ARN with wildcards stands for the name of a resource of the account; one that begins with a wildcard says nothing. */
  namesByPattern(pattern: string): boolean {
    const { names } = this.index();
    return pattern
      .split(/[:/]/)
      .filter((part) => /^[^*?]+[*?]/.test(part))
      .some((part) => [...names].some((name) => globsOverlap(caseless(part), name)));
  }

  /** Whether a role or group of the account has this policy attached. */
  attachesPolicy(arn: string): boolean {
    const holders = [...this.roles.values(), ...this.groups.values()];
    return holders.some(({ policies }) => policies.some((policy) => policy.arn === arn));
  }

  /** The events within five minutes from which an alarm has to ring, by the stack's settings: one where they say nothing. */
  alarmThreshold(subject: AlarmSubject): number {
    return alarmThreshold(subject, this.settings().alarmThresholds);
  }

  private index(): ResourceIndex {
    this.indexed ??= this.indexResources();
    return this.indexed;
  }

  private indexResources(): ResourceIndex {
    const described = accountResources(this.organization, this.blueprint, this.settings());
    const all = described.map((resource) => expectedResource(resource, this.organization));
    const names = new Set([...described.flatMap(namesIn), ...this.arnsOfPrincipals()].map(caseless));
    return {
      all,
      byAddress: new Map(all.map((resource) => [resource.address, resource])),
      names,
      longestName: Math.max(0, ...[...names].map(({ length }) => length)),
      components: new Set(described.flatMap(({ parent }) => (parent ? [resourceAddress(parent)] : []))),
    };
  }

  private arnsOfPrincipals(): readonly string[] {
    const { id } = this.account;
    return [
      ...[...this.roles.values()].map(({ arn }) => arn),
      ...[...this.users.values()].map(({ name, path }) => `arn:aws:iam::${id}:user${path}${name}`),
    ];
  }

  /** Whether the owner of a policy holds full IAM by design: Admin, BreakGlass, Ops, PowerG and the pipeline. */
  hasFullIam(owner: PolicyOwner): boolean {
    if (owner.kind === "group") return owner.group.name === powerGroupName(this.organization);
    return owner.role.role !== undefined && FULL_IAM_ROLES.includes(owner.role.role);
  }
}
