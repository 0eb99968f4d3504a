import type { LiveCredential, LiveCredentials, LiveUser } from "../aws/live-account";
import { isOver } from "../model/dates";
import type { Model } from "../model/model";
import { PIPELINE_PATH } from "../model/names";
import { hasLeft } from "../model/person";

/** A kind of credentials: its name in reports, where IAM keeps it, and what identifies one. */
type ListedKind = "access key" | "SSH key" | "service credential" | "signing certificate";

export type StrayCredentialKind = "password" | ListedKind;

/** A credential that nobody should have. */
export interface StrayCredential {
  readonly kind: StrayCredentialKind;
  /** Its id; of a password nothing else than that it is one. */
  readonly id: string;
  readonly isActive: boolean;
}

const LISTED = {
  "access key": "accessKeys",
  "SSH key": "sshKeys",
  "service credential": "serviceCredentials",
  "signing certificate": "signingCertificates",
} as const satisfies Record<ListedKind, keyof LiveCredentials>;

const LISTED_KINDS: readonly ListedKind[] = [
  "access key",
  "SSH key",
  "service credential",
  "signing certificate",
];

/** All credentials of a user. */
export function credentialsOfUser({ credentials }: LiveUser): readonly StrayCredential[] {
  return [
    ...(credentials.hasPassword
      ? [{ kind: "password", id: "console password", isActive: true } as const]
      : []),
    ...LISTED_KINDS.flatMap((kind) =>
      credentials[LISTED[kind]].map(({ id, isActive }: LiveCredential) => ({ kind, id, isActive })),
    ),
  ];
}

/** Who may have which credentials. */
export interface CredentialOwners {
  readonly breakGlassHolders: ReadonlySet<string>;
  readonly leavers: ReadonlySet<string>;
}

/** Finds the people of the roster who may not have the credentials that others may have. */
export function credentialOwners({ people, holdings, now }: Model): CredentialOwners {
  return {
    breakGlassHolders: new Set(
      holdings.all
        .filter(
          ({ role, validities }) => role === "BreakGlass" && validities.some((one) => !isOver(one, now)),
        )
        .map(({ person }) => person),
    ),
    leavers: new Set(people.filter((person) => hasLeft(person, now)).map(({ name }) => name)),
  };
}

interface Allowance {
  readonly kinds: readonly StrayCredentialKind[];
  /** Why no others. */
  readonly reason: string;
}

/** What a user of a stack may have: people, what self-service lets them make. SSH keys open CodeCommit and no API of AWS. */
function allowanceOf({ name, path }: LiveUser, owners: CredentialOwners): Allowance {
  if (path === PIPELINE_PATH)
    return { kinds: ["access key"], reason: "a pipeline's user has access keys alone" };
  if (owners.leavers.has(name)) return { kinds: [], reason: "their last day has passed" };
  if (owners.breakGlassHolders.has(name)) {
    return { kinds: ["password", "SSH key"], reason: "who holds BreakGlass signs in to the console alone" };
  }
  return {
    kinds: ["password", "access key", "SSH key"],
    reason: "people have a password, access keys and SSH keys alone",
  };
}

/** What a user of a stack has and should not, each with the reason. */
export function strayCredentials(
  user: LiveUser,
  owners: CredentialOwners,
): readonly (StrayCredential & { readonly reason: string })[] {
  const { kinds, reason } = allowanceOf(user, owners);
  return credentialsOfUser(user)
    .filter(({ kind }) => !kinds.includes(kind))
    .map((credential) => ({ ...credential, reason }));
}
