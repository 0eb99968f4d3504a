import type { Account, Organization } from "../model/account";
import { accountRootArn, awsManagedPolicyArn } from "../model/names";
import { parseDocument } from "../documents/statement";
import type { LiveRole } from "./live-account";
import { ownPolicyFaults, type RoleRule } from "./role-rule";
import { liveAdmissions, namesPrincipal, trustFaults } from "./live-trust";

const SERVICE_PATH = /^\/aws-service-role\/([a-z0-9.-]+\.amazonaws\.com)\/$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
const serviceLinkedRoles: RoleRule = {
  kind: "service-linked roles",
  reason:
    "AWS's services make these, and only the service in their path assumes them. Nothing but AWS's policies is attached; inline " +
    "policies, which AWS lets nobody else write there, were not compared.",
  mayHavePower: true,
  claims: ({ path, name }) => path.startsWith("/aws-service-role/") || name.startsWith("AWSServiceRoleFor"),
  faults: (role) => {
    const service = SERVICE_PATH.exec(role.path)?.[1];
    if (service === undefined || !role.name.startsWith("AWSServiceRoleFor")) {
      return [`is no service-linked role: those are AWSServiceRoleFor… under /aws-service-role/<service>/`];
    }
    return [
      ...trustFaults(role.trust, {
        faultOf: (type, value) =>
          type === "Service" && value === service ? undefined : `admits ${value}, not ${service} alone`,
        actions: ["sts:AssumeRole"],
      }),
      ...ownPolicyFaults({ ...role, inline: [] }),
    ];
  },
};

const SSO_PATH = /^\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?$/;
const SSO_NAME = /^AWSReservedSSO_[\w+=,.@-]+_[0-9a-f]{16}$/;
const SSO_AUDIENCE = /^https:\/\/(?:[a-z0-9-]+\.)?signin\.aws\.amazon\.com\/saml$/;

const ssoProvider = ({ id }: Account): RegExp =>
  new RegExp(`^arn:aws:iam::${id}:saml-provider/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$`);

/**
 * Roles of permission sets. Only AWS makes roles under this path, and it refuses them to `AssumeRoleWithSAML` by anybody
 * else; their permissions are those of the permission set.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
const identityCenterRoles = (account: Account): RoleRule => ({
  kind: "roles of Identity Center",
  reason:
    "Identity Center makes these from its permission sets. They admit people whom the roster does not know, with permissions " +
    "that nobody compared.",
  mayHavePower: true,
  claims: ({ path, name }) => path.startsWith("/aws-reserved/") || name.startsWith("AWSReservedSSO_"),
  faults: ({ path, name, trust }) => {
    if (!SSO_PATH.test(path) || !SSO_NAME.test(name)) {
      return [
        "is no role of Identity Center: those are AWSReservedSSO_…_<16 digits> under /aws-reserved/sso.amazonaws.com/",
      ];
    }
    const provider = ssoProvider(account);
    return trustFaults(trust, {
      faultOf: (type, value, { conditions }) => {
        if (type !== "Federated" || !provider.test(value))
          return `admits ${value}, which is not Identity Center`;
        const audiences = conditions
          .filter(({ operator, key }) => operator === "StringEquals" && key.toLowerCase() === "saml:aud")
          .flatMap(({ values }) => values);
        return audiences.length > 0 && audiences.every((one) => SSO_AUDIENCE.test(one))
          ? undefined
          : `admits ${value} for other audiences than AWS's sign-in`;
      },
      actions: ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetContext", "sts:SetSourceIdentity"],
    });
  },
});

/** The identity provider through which Identity Center signs people in to the roles that passed. */
export function isIdentityCenterProvider(
  arn: string,
  account: Account,
  passed: readonly LiveRole[],
): boolean {
  return ssoProvider(account).test(arn) && passed.some(({ trust }) => namesPrincipal(trust, arn));
}

const ADMINISTRATOR = "AdministratorAccess";

/** Accounts made before AWS attached its managed policy have the same document inline, under the same name. */
function isAdministratorAlone({ attached, inline }: LiveRole): boolean {
  const [arn, ...others] = attached;
  const [policy, ...moreInline] = inline;
  if (others.length + moreInline.length > 0) return false;
  if (policy === undefined) return arn === awsManagedPolicyArn(ADMINISTRATOR);
  const statements = parseDocument(policy.document) ?? [];
  return (
    arn === undefined &&
    policy.name === ADMINISTRATOR &&
    statements.length === 1 &&
    statements.every(({ effect, actions, resources }) => {
      return effect === "Allow" && actions.join() === "*" && resources.join() === "*";
    })
  );
}

/**
 * The role that AWS Organizations makes in each account that it creates.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
const organizationAccessRole = ({ management }: Organization, { id }: Account): RoleRule => ({
  kind: "OrganizationAccountAccessRole",
  reason:
    "AWS Organizations makes it: whoever administers the management account administers this account, beside the roster.",
  mayHavePower: true,
  claims: ({ name }) => name === "OrganizationAccountAccessRole",
  faults: (role) => [
    ...(role.path === "/" ? [] : [`has the path ${role.path}; AWS makes it under /`]),
    ...(id === management ? ["is in the management account itself, where AWS makes no such role"] : []),
    ...(management === undefined
      ? [
          "cannot be checked: src/organization.ts does not say which account is the `management` account",
          ...liveAdmissions(role.trust),
        ]
      : trustFaults(role.trust, {
          faultOf: (type, value) =>
            type === "AWS" && (value === management || value === accountRootArn(management))
              ? undefined
              : `admits ${value}, not the management account ${management} alone`,
          actions: ["sts:AssumeRole"],
        })),
    ...(isAdministratorAlone(role) ? [] : [`has other policies than ${ADMINISTRATOR} alone`]),
  ],
});

/** The roles that AWS makes in an account by itself. */
export const rolesByAws = (organization: Organization, account: Account): readonly RoleRule[] => [
  serviceLinkedRoles,
  identityCenterRoles(account),
  organizationAccessRole(organization, account),
];
