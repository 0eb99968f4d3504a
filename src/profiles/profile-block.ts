import type { Organization } from "../model/account";
import type { UserName } from "../model/names";
import { whenHeld } from "./held-roles";
import type { RoleProfile, PersonProfiles } from "./profile";

/** The two lines that a person's block in a config file stands between, themselves included. */
export interface BlockMarkers {
  readonly begin: string;
  readonly end: string;
}

/**
 * The markers of one person's block: organizations and people who share a file do not overwrite one another. An equals sign
 * in a name is written `%3D`: in a comment before a section, `aws configure set` would take it for a setting and write the
 * next one after it, between the markers.
 */
export function blockMarkers({ prefix, identity }: Organization, person: UserName): BlockMarkers {
  const name = `muster ${prefix} ${identity.id} ${person.replaceAll("=", "%3D")}`;
  return { begin: `# BEGIN ${name}`, end: `# END ${name}` };
}

function commentOf({ role, validities }: RoleProfile): readonly string[] {
  const when = whenHeld(validities);
  return [
    ...(role === "BreakGlass" ? ["# For emergencies alone, every use raises an alarm"] : []),
    ...(when === "" ? [] : [`# ${when}`]),
  ];
}

const sectionOf = (
  profile: RoleProfile,
  { person, sourceProfile, mfaSerial, region }: PersonProfiles,
): readonly string[] => [
  `[profile ${profile.name}]`,
  ...commentOf(profile),
  `role_arn = ${profile.roleArn}`,
  `source_profile = ${sourceProfile}`,
  // On every profile: neither SDKs nor aws-vault take it from the source profile. A sign-in is no place to ask for a code.
  ...(mfaSerial === undefined ? [] : [`mfa_serial = ${mfaSerial}`]),
  // The roles' trusts admit nobody under another name.
  `role_session_name = ${person}`,
  `duration_seconds = ${String(profile.durationSeconds)}`,
  `region = ${region}`,
  "sts_regional_endpoints = regional",
];

/** The lines of a person's block, markers included; undefined where they have no profile. */
export function profileBlock(profiles: PersonProfiles, markers: BlockMarkers): readonly string[] | undefined {
  if (profiles.profiles.length === 0) return undefined;
  return [
    markers.begin,
    "# Written by `npm run aws-config`, which takes back what is changed between these two lines",
    ...profiles.profiles.flatMap((profile) => ["", ...sectionOf(profile, profiles)]),
    "",
    markers.end,
  ];
}
