import type { LiveAccount, LiveGroup, LiveUser } from "../aws/live-account";
import { keptTags } from "../aws/snapshot/kept-tags";
import { isUserDenial } from "../documents/offboarding-denial";
import { parseUserName, PEOPLE_PATH, type Arn, type Naming } from "../model/names";
import { contentFingerprint } from "./fingerprint";
import { strayDescriptions } from "./key-descriptions";
import type { ManagedResources } from "./managed";
import { formatBoundary, formatUserPath, formatPolicies, type UnmanagedObject } from "./unmanaged";
import { credentialsOfUser, strayCredentials, type CredentialOwners } from "./stray-credentials";

function unmanagedUser(user: LiveUser): UnmanagedObject {
  return {
    kind: "user",
    name: user.name,
    details: [
      ...formatUserPath(user.path),
      ...user.groups.map((group) => `member of ${group}`),
      ...formatPolicies(user),
      ...formatBoundary(user.boundary),
      ...Object.entries(user.tags).map(([key, value]) => `tag ${key}=${value}`),
      ...credentialsOfUser(user).map(({ kind, id, isActive }) => {
        const what = kind === "password" ? id : `${kind} ${id}`;
        return isActive ? what : `${what}, inactive`;
      }),
    ],
    // The same of a snapshot, which has hashes of the values.
    fingerprint: contentFingerprint({ ...user, tags: keptTags(user.tags, []) }),
  };
}

/** What tells whose a user's credentials and policies are. */
export interface UserCircumstances {
  readonly naming: Naming;
  readonly owners: CredentialOwners;
  readonly quarantine: Arn;
}

/** What a user of a stack has beside it. */
function besideUser(
  user: LiveUser,
  { naming, owners, quarantine }: UserCircumstances,
): readonly UnmanagedObject[] {
  const person = user.path === PEOPLE_PATH ? parseUserName(user.name) : undefined;
  const shutOut = [
    `It denies the user everything, as offboarding at once does. Finish it in the roster (npm run offboard -- ${user.name} says how), or: npm run offboard -- ${user.name} --undo`,
  ];
  const of = `user ${user.name}`;
  const inQuarantine = [
    `It denies the user everything, as the response to a finding of GuardDuty does. When that is settled: npm run offboard -- ${user.name} --undo`,
  ];
  return [
    ...user.attached.map((name): UnmanagedObject => ({
      kind: "attached policy",
      name,
      of,
      ...(name === quarantine && { details: inQuarantine }),
    })),
    ...user.inline.map((policy): UnmanagedObject => ({
      kind: "inline policy",
      name: policy.name,
      of,
      ...(person !== undefined && isUserDenial(naming, person, policy) && { details: shutOut }),
    })),
    ...strayCredentials(user, owners).map(({ kind, id, isActive, reason }): UnmanagedObject => {
      return { kind, name: id, of, details: [...(isActive ? [] : ["inactive"]), reason] };
    }),
    ...strayDescriptions(user).map((name): UnmanagedObject => {
      return { kind: "tag", name, of, details: ["it describes no access key of this user"] };
    }),
  ];
}

const unmanagedGroup = (group: LiveGroup): UnmanagedObject => ({
  kind: "group",
  name: group.name,
  details: [
    ...formatUserPath(group.path),
    ...group.members.map((name) => `member ${name}`),
    ...formatPolicies(group),
  ],
  fingerprint: contentFingerprint(group),
});

const unassignedDevice = (name: string): UnmanagedObject => ({
  kind: "MFA device",
  name,
  details: [
    "nobody has it: an enrolment that nobody finished, or a device left behind, which blocks its name",
  ],
});

const rootCredential = (what: LiveAccount["rootCredentials"][number]): UnmanagedObject => ({
  kind: what === "access keys" ? "access key" : "signing certificate",
  name: what,
  of: "the root user",
  details: ["no policy limits the root user"],
});

/**
 * Users and groups of no stack, and what users of a stack have and should not. Policies of groups that a stack has are not
 * among it: their lists are managed whole, so that Pulumi itself sees what is added. Those of users are: nothing may be
 * attached to a user, and a list for each of thousands would only say so.
 */
export function usersBeside(
  live: LiveAccount,
  managed: ManagedResources,
  circumstances: UserCircumstances,
): readonly UnmanagedObject[] {
  return [
    ...live.users.flatMap((user) =>
      managed.has("user:User", user) ? besideUser(user, circumstances) : [unmanagedUser(user)],
    ),
    ...live.groups.filter((group) => !managed.has("group:Group", group)).map(unmanagedGroup),
    ...live.unassignedMfaDevices.map(unassignedDevice),
    ...live.rootCredentials.map(rootCredential),
  ];
}
