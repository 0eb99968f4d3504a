import { GRANTED_READS } from "../../src/documents/permissions/reading/granted-reads";
import { WITHHELD_READS } from "../../src/documents/permissions/reading/withheld-reads";

/** Changes of documents that let somebody do more and break no invariant, reviewed. */
export interface AcceptedWidening {
  /** `dev/Ops`; `users` for documents of groups. */
  readonly roles: readonly string[];
  /** Patterns of Sids, of changes as `statement-widenings.ts` calls them, and of the actions that they let through. */
  readonly statements: readonly string[];
  readonly changes: readonly string[];
  readonly actions: readonly string[];
  readonly except?: readonly string[];
  /** Of the actions, those of AWS's levels List and Read alone. */
  readonly readsOnly?: true;
  /** Why each of them is no harm. */
  readonly because: string;
}

const OTHER_ACTIONS = ["with other actions"] as const;

/** Reads that were withheld although they show nothing that anybody must not see. */
const NOT_NEEDED: readonly string[] = WITHHELD_READS.flatMap(({ kind, actions }): readonly string[] =>
  kind === "effects" || kind === "other services" ? actions : [],
);

/** What changes the credentials of a user, and the tags by which some are guarded. */
const GUARDED = [
  "iam:*AccessKey",
  "iam:ChangePassword",
  "iam:CreateLoginProfile",
  "iam:DeactivateMFADevice",
  "iam:DeleteLoginProfile",
  "iam:DeleteSSHPublicKey",
  "iam:EnableMFADevice",
  "iam:*ServiceSpecificCredential",
  "iam:*SigningCertificate",
  "iam:ResyncMFADevice",
  "iam:*tagUser",
  "iam:UpdateLoginProfile",
  "iam:UpdateSSHPublicKey",
  "iam:UploadSSHPublicKey",
] as const;

/** Whatever else lets somebody do more breaks an invariant; what is listed and breaks one fails the test too. */
export const ACCEPTED_WIDENINGS: readonly AcceptedWidening[] = [
  {
    roles: ["prod/Security", "prod/Monitor"],
    statements: ["Read", "ReadApis", "ReadTrailObjects"],
    changes: OTHER_ACTIONS,
    actions: GRANTED_READS,
    because: "Everybody who may hold Security or Monitor in prod may hold Read, which has these.",
  },
  {
    roles: ["prod/Ops"],
    statements: ["*"],
    changes: ["*"],
    actions: GRANTED_READS,
    because: "What Read in prod has shows nothing that Ops must not see.",
  },
  {
    roles: ["prod/Ops"],
    statements: ["*"],
    changes: OTHER_ACTIONS,
    actions: NOT_NEEDED,
    except: ["cloudwatch:GetSpaceCredentials*"],
    readsOnly: true,
    because: "Withheld from prod's readers because nobody needs it, and not for what it shows.",
  },
  {
    roles: ["users/Security", "dev/Security", "staging/Security"],
    statements: ["ReadLogs", "ReadTrailObjects"],
    changes: OTHER_ACTIONS,
    actions: ["cloudtrail:*", "logs:*", "s3:*"],
    readsOnly: true,
    because:
      "Security audits there by AWS's SecurityAudit, which AWS extends; contents are denied to it whatever allows them.",
  },
  {
    roles: ["dev/Monitor", "staging/Monitor"],
    statements: ["Read"],
    changes: OTHER_ACTIONS,
    actions: ["*"],
    readsOnly: true,
    because: "Everybody who may hold Monitor there may hold Read, which has AWS's ReadOnlyAccess.",
  },
  {
    roles: ["dev/Monitor", "staging/Monitor"],
    statements: ["Read"],
    changes: OTHER_ACTIONS,
    actions: [
      "cloudtrail:StartQuery",
      "cloudwatch:SearchPrincipals",
      "cloudwatch:StartTelemetryQuery",
      "cloudwatch:StopTelemetryQuery",
      "trustedadvisor:GenerateReport",
    ],
    because: "AWS calls them changes, and they ask for what is there.",
  },
  {
    roles: ["prod/BreakGlass"],
    statements: ["Read", "MendPermissions"],
    changes: ["*"],
    actions: ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy"],
    because:
      "On roles of other accounts, which IAM changes for nobody: which of its own, invariants say, and all are named.",
  },
  {
    roles: ["users"],
    statements: ["FullIam"],
    changes: ["without aws:ResourceTag/*"],
    actions: ["iam:*"],
    except: GUARDED,
    because: "PowerG has all of IAM in the people's account but the credentials of some (DESIGN section 5).",
  },
  {
    roles: ["users"],
    statements: ["GuardedUsersButTheirCredentials"],
    changes: ["on *", ...OTHER_ACTIONS],
    actions: ["iam:*"],
    // Nobody makes a user of their own name, who has one.
    except: [...GUARDED, "iam:CreateUser"],
    because: "The same: of guarded users PowerG has all but the credentials.",
  },
  {
    roles: ["users"],
    statements: ["GuardedUsersTagsButTheGuard"],
    changes: ["on *"],
    actions: ["iam:TagUser", "iam:UntagUser"],
    because: "The guard is the tag of people's users, and stays theirs: PowerG tags all else.",
  },
  {
    roles: ["dev/Ops", "staging/Ops"],
    statements: ["Iam", "IamAccountSettings", "ExplainDenials"],
    changes: ["*"],
    actions: ["*"],
    because: "Outside prod Ops has all of IAM and gives itself the rest: it equals Admin (DESIGN section 5).",
  },
];
