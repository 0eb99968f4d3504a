import { KEY_DESCRIPTION_TAG } from "../../documents/self-service/key-description";
import { guardedPeople } from "../../model/guarded";
import { manageOwnUserMembers } from "../../model/groups";
import type { Conditions } from "../../documents/policy-document";
import { BREAK_GLASS_TAG, mfaDeviceArn, pipelineUserArn, userArn, type UserName } from "../../model/names";
import { PIPELINE_ROLE_NAMES } from "../../model/pipeline";
import { findAllowedRequests, type AttachedPolicies, type ParsedPolicy } from "../allowed-requests";
import type { ProvenUser, ProofInput } from "../proven-account";
import { SIGN_INS, provenUserCaller, type UserSignIn } from "../proven-caller";
import type { Claim, Invariant } from "../invariant";
import { mentionsName } from "../mentions-name";
import type { Prover, Breach } from "../prover";
import type { RequestSet } from "../request-set";

/** What people need before their first MFA device: to enrol one. */
const ENROLMENT = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ResyncMFADevice"] as const;

/**
 * What no MFA key may decide. A password is replaced by whoever has the old one; every trust of the organization's roles asks
 * for MFA itself; the code that `aws login` takes is given with MFA alone (docs/unverified.md, 1 and 2).
 */
const WITHOUT_MFA_KEY = ["iam:ChangePassword"] as const;

/** The actions that show a person that page of the console. */
const LOOKING = [
  "iam:GetAccountPasswordPolicy",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "sts:GetSessionToken",
] as const;

/** A user among those who have the same, told apart by their own name alone. */
interface Representative {
  readonly user: ProvenUser;
  readonly alike: number;
}

const textOf = ({ statements }: ParsedPolicy): string => JSON.stringify(statements);
/** Names of users or devices in a document, which may tell people apart whose own names it does not mention. */
const NAMES_SOMEBODY = /:(user|mfa)\/(?!(people\/)?[$*"])/;

/**
 * One user for all who have the same policies, which speak of each of them only as `${aws:username}`: what holds for one
 * holds for all. A user whom a document mentions, or whose documents mention anybody, stands for themselves.
 */
function representatives(users: readonly ProvenUser[]): readonly Representative[] {
  const numbers = new Map<ParsedPolicy, number>();
  const numberOf = (policy: ParsedPolicy): number => {
    const number = numbers.get(policy) ?? numbers.size;
    numbers.set(policy, number);
    return number;
  };
  const namesSomebody = new Map<ParsedPolicy, boolean>();
  const tellsApart = (policy: ParsedPolicy): boolean => {
    const tells = namesSomebody.get(policy) ?? NAMES_SOMEBODY.test(textOf(policy));
    namesSomebody.set(policy, tells);
    return tells;
  };
  const found = new Map<string, { user: ProvenUser; alike: number }>();
  for (const user of users) {
    const policies = [...user.policies, ...(user.boundary ? [user.boundary] : [])];
    const isApart = policies.some((policy) => tellsApart(policy) || mentionsName(policy, user.name));
    const key = `${policies.map(numberOf).join(" ")}${isApart ? ` ${user.name}` : ""}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { user, alike: 1 });
    else known.alike += 1;
  }
  return [...found.values()];
}

const peopleOf = ({ accounts }: ProofInput): readonly ProvenUser[] =>
  accounts.flatMap(({ users }) => users.filter(({ kind }) => kind === "person"));

/** One claim for each sort of people. */
function* eachSort(
  users: readonly ProvenUser[],
  finds: Claim["finds"],
  breaches: (prover: Prover, user: ProvenUser) => readonly Breach[],
): Iterable<Claim> {
  for (const { user, alike } of representatives(users)) {
    yield {
      about: alike === 1 ? user.name : `${user.name} and ${String(alike - 1)} alike`,
      setting: { permissions: user },
      finds,
      breaches: (prover) => breaches(prover, user),
    };
  }
}

const own = ({ model }: ProofInput, { name, arn }: ProvenUser) => ({
  user: arn,
  // No more than a user may have.
  devices: ["", "-2", "-3", "-4", "-5", "-6", "-7", "-8"].map(
    (end) => `${mfaDeviceArn(model.organization.identity, name)}${end}`,
  ),
});

const assumesRoles = ({ model: { organization } }: ProofInput): RequestSet => ({
  actions: "sts:AssumeRole",
  resources: organization.accounts.map(({ id }) => `arn:aws:iam::${id}:role/${organization.prefix}-*`),
});

/** What somebody may do before MFA, on what is theirs. */
const beforeMfa = (
  input: ProofInput,
  user: ProvenUser,
  actions: readonly string[],
): readonly RequestSet[] => [
  {
    actions: [...actions, ...WITHOUT_MFA_KEY],
    resources: [own(input, user).user, ...own(input, user).devices],
  },
  {
    actions: [
      "iam:GetAccountPasswordPolicy",
      "iam:ListVirtualMFADevices",
      "signin:CreateOAuth2Token",
      "sts:GetSessionToken",
    ],
  },
  assumesRoles(input),
];

/** The descriptions of a person's own access keys, which AWS keeps as tags of the user. */
const describesKeys = ({ arn }: ProvenUser): RequestSet => ({
  actions: ["iam:TagUser", "iam:UntagUser"],
  resources: arn,
  when: {
    "ForAllValues:StringLike": { "aws:TagKeys": KEY_DESCRIPTION_TAG },
    Null: { "aws:TagKeys": "false" },
  },
});

const may = (user: ProvenUser, signIn: UserSignIn, permissions: AttachedPolicies = user) =>
  findAllowedRequests(provenUserCaller(user, signIn), permissions);

/** Credentials of users, and what guards them. */
const CREDENTIALS = [
  "iam:*AccessKey",
  "iam:*LoginProfile",
  "iam:*MFADevice",
  "iam:*SSHPublicKey",
  "iam:*ServiceSpecificCredential",
  "iam:*SigningCertificate",
  "iam:ChangePassword",
] as const;

/** What people do to their own user, and see of it. */
const SELF_SERVICE = [
  "iam:ChangePassword",
  "iam:CreateAccessKey",
  "iam:DeactivateMFADevice",
  "iam:DeleteAccessKey",
  "iam:DeleteSSHPublicKey",
  "iam:EnableMFADevice",
  "iam:GetAccessKeyLastUsed",
  "iam:GetLoginProfile",
  "iam:GetMFADevice",
  "iam:GetSSHPublicKey",
  "iam:GetUser",
  "iam:ListAccessKeys",
  "iam:ListAttachedUserPolicies",
  "iam:ListGroupsForUser",
  "iam:ListMFADevices",
  "iam:ListSSHPublicKeys",
  "iam:ListUserPolicies",
  "iam:ListUserTags",
  "iam:ResyncMFADevice",
  "iam:UpdateAccessKey",
  "iam:UpdateSSHPublicKey",
  "iam:UploadSSHPublicKey",
] as const;

/** All that somebody does to what is theirs, and what the console's page about it shows of the account. */
const selfService = (input: ProofInput, user: ProvenUser): readonly RequestSet[] => {
  const { user: arn, devices } = own(input, user);
  return [
    { actions: SELF_SERVICE, resources: arn },
    {
      actions: [...ENROLMENT, "iam:DeleteVirtualMFADevice"],
      resources: devices,
    },
    { actions: ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListVirtualMFADevices"] },
    describesKeys(user),
  ];
};

const CHANGES = ["Write", "Tagging", "Permissions management"] as const;

const hasPower = ({ model }: ProofInput, { name }: ProvenUser): boolean =>
  model.power.some((powerful) => powerful === name);

const usersOf = (input: ProofInput, names: readonly UserName[]): readonly string[] =>
  names.map((name) => userArn(input.model.organization.identity, name));

/** Users of pipelines, each with the one role that is theirs. */
function* pipelineUsers({ model: { organization }, accounts }: ProofInput): Iterable<Claim> {
  for (const { key, users, roles } of accounts) {
    const placed = organization.accounts.find((account) => account.key === key);
    for (const user of users.filter(({ kind }) => kind === "pipeline")) {
      const own = roles.filter(({ kind, label }) =>
        PIPELINE_ROLE_NAMES.some(
          (name) =>
            kind === "pipeline" &&
            label === name &&
            placed !== undefined &&
            pipelineUserArn(organization, name, placed) === user.arn,
        ),
      );
      yield {
        about: `${key}/${user.name}`,
        setting: { permissions: user },
        finds: "allowed",
        breaches: (prover) =>
          SIGN_INS.flatMap((signIn) =>
            prover.breaches(
              may(user, signIn),
              { actions: "*" },
              own.map(({ arn }) => ({ actions: "sts:AssumeRole", resources: arn })),
            ),
          ),
      };
    }
  }
}

/** What people must and must not be able to do as their own users. */
export const PEOPLE: readonly Invariant[] = [
  {
    id: "without-mfa-enrolment-only",
    says: "Without MFA, people enrol a device of their own, change their own password, exchange a sign-in's code and ask to assume roles, whose trusts ask for MFA; nothing else.",
    source: "Bootstrap notes: MFA before anything; MenoTime: MFA mandatory for all access",
    claims: (input) =>
      eachSort(peopleOf(input), "allowed", (prover, user) =>
        prover.breaches(
          may(user, "in a console without MFA"),
          { actions: "*" },
          beforeMfa(input, user, [...ENROLMENT, ...LOOKING]),
        ),
      ),
  },
  {
    id: "access-keys-never-enrol",
    says: "With access keys alone, nobody enrols a device; a password changes for whoever has the old one.",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html; bootstrap notes",
    claims: (input) =>
      eachSort(peopleOf(input), "allowed", (prover, user) =>
        prover.breaches(may(user, "with access keys"), { actions: "*" }, beforeMfa(input, user, LOOKING)),
      ),
  },
  {
    id: "people-hand-on-no-sessions",
    says: "Nobody gets federation tokens, those in PowerG neither: sessions of up to 36 hours under any name, which outlive the key that asked for them.",
    source:
      "MenoTime: offboarding; https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html",
    claims: (input) =>
      eachSort(peopleOf(input), "allowed", (prover, user) =>
        SIGN_INS.flatMap((signIn) =>
          prover.breaches(may(user, signIn), { actions: "sts:GetFederationToken" }),
        ),
      ),
  },
  {
    id: "enrolment-is-open",
    says: "Everybody who works here can enrol a first device and replace the first password, and see what the console shows on the way.",
    source: "Bootstrap notes; DESIGN section 5: nobody is locked out at first sign-in",
    claims: (input) => {
      const members = new Set<string>(manageOwnUserMembers(input.model));
      return eachSort(
        peopleOf(input).filter(({ name }) => members.has(name)),
        "denied",
        (prover, user) => {
          const access = may(user, "in a console without MFA");
          const { user: arn, devices } = own(input, user);
          return [
            ...prover.refused(access, {
              actions: ["iam:ChangePassword", "iam:EnableMFADevice", "iam:ResyncMFADevice"],
              resources: arn,
            }),
            ...prover.refused(access, { actions: ["iam:GetUser", "iam:ListMFADevices"], resources: arn }),
            ...prover.refused(access, {
              actions: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
            }),
            ...prover.refused(access, {
              actions: "iam:CreateVirtualMFADevice",
              resources: devices.slice(0, 1),
            }),
          ];
        },
      );
    },
  },
  {
    id: "nobody-raises-themselves",
    says: "Nobody tags, renames or attaches anything to their own user, those in PowerG neither; descriptions of access keys aside.",
    source: "DESIGN section 5: nobody may tag, or attach anything to, themselves",
    claims: (input) =>
      eachSort(peopleOf(input), "allowed", (prover, user) =>
        prover.breaches(
          may(user, "with MFA"),
          {
            actions: [
              "iam:AttachUserPolicy",
              "iam:CreateUser",
              "iam:DeleteUserPermissionsBoundary",
              "iam:DeleteUserPolicy",
              "iam:DetachUserPolicy",
              "iam:PutUserPermissionsBoundary",
              "iam:PutUserPolicy",
              "iam:TagUser",
              "iam:UntagUser",
              "iam:UpdateUser",
            ],
            resources: user.arn,
          },
          [describesKeys(user)],
        ),
      ),
  },
  {
    id: "people-manage-their-own-user-only",
    says: "People outside PowerG do nothing in the identity account but manage their own user by the listed actions, sign in from a command line, and assume the organization's roles.",
    source: "DESIGN section 1: they hold nothing there but the right to manage their own user",
    claims: (input) =>
      eachSort(
        peopleOf(input).filter((user) => !hasPower(input, user)),
        "allowed",
        (prover, user) =>
          prover.breaches(may(user, "with MFA"), { actions: "*" }, [
            ...selfService(input, user),
            {
              actions: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
              resources: "arn:aws:signin:*:*:oauth2/public-client/*",
            },
            assumesRoles(input),
          ]),
      ),
  },
  {
    id: "lasting-credentials-take-recent-mfa",
    says: "Nobody makes an access key, an SSH key, a device or another credential for themselves with MFA of more than an hour.",
    source: "Red team: a session of the console that is stolen lives for hours; DESIGN section 4, Admin",
    claims: (input) =>
      eachSort(peopleOf(input), "allowed", (prover, user) => {
        const { user: arn, devices } = own(input, user);
        return prover.breaches(may(user, "with MFA"), {
          actions: [
            "iam:Create*",
            "iam:DeactivateMFADevice",
            "iam:EnableMFADevice",
            "iam:Reset*",
            "iam:Resync*",
            "iam:UpdateAccessKey",
            "iam:UpdateLoginProfile",
            "iam:UpdateSSHPublicKey",
            "iam:Upload*",
          ],
          resources: [arn, ...devices],
          when: { NumericGreaterThanEquals: { "aws:MultiFactorAuthAge": "3600" } },
        });
      }),
  },
  {
    id: "devices-are-named-after-one-person",
    says: "Nobody outside PowerG makes or deletes a device of a name that another person may give theirs.",
    source: "Red team: names of devices that one person may take",
    claims: (input) =>
      eachSort(
        peopleOf(input).filter((user) => !hasPower(input, user)),
        "allowed",
        (prover, user) =>
          prover.breaches(
            may(user, "with MFA"),
            { actions: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"] },
            [{ actions: "iam:*", resources: own(input, user).devices }],
          ),
      ),
  },
  {
    id: "power-takes-recent-mfa",
    says: "Those in PowerG neither see nor change IAM beyond their own user unless they entered MFA within the hour.",
    source: "DESIGN section 5, PowerG",
    claims: (input) =>
      eachSort(
        peopleOf(input).filter((user) => hasPower(input, user)),
        "allowed",
        (prover, user) =>
          prover.breaches(
            may(user, "with MFA"),
            {
              actions: "iam:*",
              when: { NumericGreaterThanEquals: { "aws:MultiFactorAuthAge": "3600" } },
            },
            selfService(input, user),
          ),
      ),
  },
  {
    id: "power-takes-over-nobody-guarded",
    says: "Those in PowerG touch no credentials and devices of others in PowerG, and no credentials of users who carry the tag of break-glass holders.",
    source: "DESIGN section 5, PowerG",
    claims: (input) =>
      eachSort(
        peopleOf(input).filter((user) => hasPower(input, user)),
        "allowed",
        (prover, user) => {
          const powerful = input.model.power.filter((name) => name !== user.name);
          const holders = guardedPeople(input.model).filter(
            (name) => name !== user.name && !powerful.includes(name),
          );
          const touches = (resources: readonly string[], when: Conditions = {}): readonly Breach[] =>
            resources.length === 0
              ? []
              : prover.breaches(
                  may(user, "with MFA"),
                  { actions: CREDENTIALS, levels: CHANGES, resources, when },
                  // A device named like another's belongs to nobody until it is enabled, which is asked of the user.
                  [
                    {
                      actions: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
                      resources: own(input, user).devices,
                    },
                  ],
                );
          return [
            ...touches([
              ...usersOf(input, powerful),
              ...powerful.map((name) => mfaDeviceArn(input.model.organization.identity, name)),
            ]),
            // Users have the tags that the roster gives them: the policy pack and the alarm on them hold that.
            ...touches(usersOf(input, holders), {
              StringEquals: { [`aws:ResourceTag/${BREAK_GLASS_TAG}`]: "true" },
            }),
          ];
        },
      ),
  },
  {
    id: "power-leaves-the-guard",
    says: "Those in PowerG neither give, change nor take the tag of break-glass holders of a user who carries it, in any capitals, and tag no user without saying by which tags.",
    source: "DESIGN section 5, PowerG: whoever takes the tag away takes over the credentials that it guards",
    claims: (input) =>
      eachSort(
        peopleOf(input).filter((user) => hasPower(input, user)),
        "allowed",
        (prover, user) => {
          const holders = usersOf(
            input,
            guardedPeople(input.model).filter((name) => name !== user.name),
          );
          if (holders.length === 0) return [];
          const isGuarded = { [`aws:ResourceTag/${BREAK_GLASS_TAG}`]: "true" };
          const tagging = { actions: ["iam:TagUser", "iam:UntagUser"], resources: holders };
          return [
            {
              "ForAnyValue:StringEqualsIgnoreCase": { "aws:TagKeys": BREAK_GLASS_TAG },
              StringEquals: isGuarded,
            },
            { Null: { "aws:TagKeys": "true" }, StringEquals: isGuarded },
          ].flatMap((when) => prover.breaches(may(user, "with MFA"), { ...tagging, when }));
        },
      ),
  },
  {
    id: "break-glass-holders-make-no-access-keys",
    says: "Holders of BreakGlass make no access keys.",
    source: "Break-glass procedure: a key that leaks is no way to the most powerful role",
    claims: (input) => {
      const holders = new Set<string>(
        input.model.holdings.all.filter(({ role }) => role === "BreakGlass").map(({ person }) => person),
      );
      return eachSort(
        peopleOf(input).filter(({ name }) => holders.has(name)),
        "allowed",
        (prover, user) =>
          prover.breaches(may(user, "with MFA"), { actions: "iam:CreateAccessKey", resources: user.arn }),
      );
    },
  },
  {
    id: "pipelines-users-become-their-role",
    says: "Users of pipelines assume the one role that is theirs, and do nothing else.",
    source: "Decision 20",
    claims: pipelineUsers,
  },
];
