import type { LiveAccount, LivePolicies, LivePolicy, LiveRole } from "../aws/live-account";
import { versionNumber } from "../aws/policy-version";
import { differenceLines } from "../text/difference-lines";
import { OPS_PATH } from "../documents/permissions/iam-paths";
import type { Account, Organization } from "../model/account";
import { contentFingerprint } from "./fingerprint";
import type { ManagedResources } from "./managed";
import type { PassedOverCollector } from "../aws/passed-over";
import type { RoleRule } from "../aws/role-rule";
import { isIdentityCenterProvider } from "../aws/roles-by-aws";
import { rolesThatPass } from "../aws/roles-that-pass";
import { liveAdmissions } from "../aws/live-trust";
import { formatBoundary, formatUserPath, formatPolicies, type UnmanagedObject } from "./unmanaged";

const POLICIES_BY_OPS = {
  kind: `policies under ${OPS_PATH}`,
  reason: "They serve roles that Ops made within its boundary, or nothing; what they allow, nobody compared.",
};
const PROFILES_BY_OPS = {
  kind: `instance profiles under ${OPS_PATH}`,
  reason: "They hold roles that Ops made within its boundary, or nothing.",
};
const IDENTITY_CENTER = {
  kind: "identity provider of Identity Center",
  reason: "Roles of Identity Center admit it; nobody compared its metadata.",
};

const DORMANT_VERSIONS = {
  kind: "versions of the stack's policies that are not in force",
  reason:
    "Deployments leave up to four of each policy. Somebody with iam:SetDefaultPolicyVersion can put one in force; what " +
    "they allow, nobody compared.",
};

const unmanagedRole = (role: LiveRole, faults: readonly string[]): UnmanagedObject => ({
  kind: "role",
  name: role.name,
  details: [
    ...formatUserPath(role.path),
    ...faults,
    ...formatPolicies(role),
    ...formatBoundary(role.boundary),
  ],
  fingerprint: contentFingerprint(role),
});

/** Lists everything that a policy affects, roles that Ops made aside. */
function otherUses({ arn }: LivePolicy, live: LiveAccount, byOps: ReadonlySet<string>): readonly string[] {
  const has = ({ attached }: LivePolicies): boolean => attached.includes(arn);
  const limits = ({ boundary }: { readonly boundary?: string }): boolean => boundary === arn;
  return [
    ...live.users.filter(has).map(({ name }) => `attached to user ${name}`),
    ...live.groups.filter(has).map(({ name }) => `attached to group ${name}`),
    ...live.roles
      .filter((role) => has(role) && !byOps.has(role.name))
      .map(({ name }) => `attached to role ${name}`),
    ...live.users.filter(limits).map(({ name }) => `boundary of user ${name}`),
    ...live.roles.filter(limits).map(({ name }) => `boundary of role ${name}`),
  ];
}

/** Finds roles of no stack, and resources that belong to roles; adds allowed ones to `passed`. */
export class RolesBeside {
  private readonly passedRoles: LiveRole[] = [];
  /** Names of those that pass as made by Ops. */
  private readonly byOps = new Set<string>();
  private readonly rules: readonly RoleRule[];

  constructor(
    private readonly live: LiveAccount,
    private readonly managed: ManagedResources,
    private readonly account: Account,
    organization: Organization,
    private readonly passed: PassedOverCollector,
  ) {
    this.rules = rolesThatPass(organization, account);
  }

  /** In the order of IAM's own kinds. */
  all(): readonly UnmanagedObject[] {
    return [
      ...this.roles(),
      ...this.policies(),
      ...this.policyVersions(),
      ...this.instanceProfiles(),
      ...this.identityProviders(),
      ...this.serverCertificates(),
    ];
  }

  private roles(): readonly UnmanagedObject[] {
    return this.live.roles
      .filter((role) => !this.managed.has("role:Role", role))
      .flatMap((role) => {
        const rule = this.rules.find((one) => one.claims(role));
        if (rule === undefined) return [unmanagedRole(role, liveAdmissions(role.trust))];
        const faults = rule.faults(role);
        if (faults.length > 0) return [unmanagedRole(role, faults)];
        this.passed.add(rule, role.name);
        this.passedRoles.push(role);
        if (role.path.startsWith(OPS_PATH)) this.byOps.add(role.name);
        return [];
      });
  }

  private policies(): readonly UnmanagedObject[] {
    return this.live.policies
      .filter((policy) => !this.managed.has("policy:Policy", policy))
      .flatMap((policy): readonly UnmanagedObject[] => {
        const details = otherUses(policy, this.live, this.byOps);
        if (policy.path.startsWith(OPS_PATH) && details.length === 0) {
          this.passed.add(POLICIES_BY_OPS, policy.name);
          return [];
        }
        return [{ kind: "policy", name: policy.arn, details, fingerprint: contentFingerprint(policy) }];
      });
  }

  /**
   * A deployment puts every version that it makes in force, so somebody else made any newer version. Who made an older one cannot be
   * seen.
   * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy.go
   */
  private policyVersions(): readonly UnmanagedObject[] {
    return this.live.policies
      .filter((policy) => this.managed.has("policy:Policy", policy))
      .flatMap(({ name, arn, document, dormant }): readonly UnmanagedObject[] => {
        if (dormant === undefined) return [];
        const { inForce, versions } = dormant;
        return versions.flatMap((version): readonly UnmanagedObject[] => {
          if (versionNumber(version.id) < versionNumber(inForce)) {
            this.passed.add(DORMANT_VERSIONS, `${name} ${version.id}`);
            return [];
          }
          const details = [
            `newer than ${inForce}, which is in force: a deployment leaves no such version`,
            ...differenceLines(document, version.document),
          ];
          const fingerprint = contentFingerprint([arn, document, version]);
          return [{ kind: "policy version", name: version.id, of: `policy ${arn}`, details, fingerprint }];
        });
      });
  }

  private instanceProfiles(): readonly UnmanagedObject[] {
    return this.live.instanceProfiles
      .filter((profile) => !this.managed.has("instanceProfile:InstanceProfile", profile))
      .flatMap((profile): readonly UnmanagedObject[] => {
        const { name, path, roles } = profile;
        if (path.startsWith(OPS_PATH) && roles.every((role) => this.byOps.has(role))) {
          this.passed.add(PROFILES_BY_OPS, name);
          return [];
        }
        const details = [...formatUserPath(path), ...roles.map((role) => `gives instances the role ${role}`)];
        return [{ kind: "instance profile", name, details, fingerprint: contentFingerprint(profile) }];
      });
  }

  private identityProviders(): readonly UnmanagedObject[] {
    return this.live.identityProviders
      .filter(({ arn }) => !this.managed.hasIdentityProvider(arn))
      .flatMap((provider): readonly UnmanagedObject[] => {
        const { arn } = provider;
        if (isIdentityCenterProvider(arn, this.account, this.passedRoles)) {
          this.passed.add(IDENTITY_CENTER, arn);
          return [];
        }
        return [{ kind: "identity provider", name: arn, fingerprint: contentFingerprint(provider) }];
      });
  }

  private serverCertificates(): readonly UnmanagedObject[] {
    return this.live.serverCertificates
      .filter((certificate) => !this.managed.has("serverCertificate:ServerCertificate", certificate))
      .map((certificate): UnmanagedObject => {
        const { name, path } = certificate;
        return {
          kind: "server certificate",
          name,
          details: formatUserPath(path),
          fingerprint: contentFingerprint(certificate),
        };
      });
  }
}
