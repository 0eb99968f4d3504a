import { UserError } from "../model/problems";
import type { BlockMarkers } from "./profile-block";
import {
  credentialsFileSettings,
  profileSettings,
  type ConfigText,
  type ProfileSetting,
} from "./config-text";
import { FLAVOURS, type SourceKind } from "./flavours";
import { holdsBreakGlass } from "./held-roles";
import type { PersonProfiles } from "./profile";

/** Settings by which a profile gets credentials that are no user's of ours, whatever their values. */
const OTHER_CREDENTIALS =
  /^(?:role_arn|source_profile|credential_source|web_identity_token_file|aws_session_token|sso_.*|granted_sso_.*)$/;

/** Settings that belong to the other kind of source profile, by the kind that is wanted. */
const OTHER_KIND: Readonly<Record<SourceKind, RegExp>> = {
  // `aws login` refuses to work where one of these is: https://github.com/aws/aws-cli/blob/v2/awscli/customizations/login/login.py
  "console sign-in": /^(?:aws_access_key_id|aws_secret_access_key|credential_process)$/,
  "access keys": /^login_session$/,
};

/** A session of the person's: the last word of a user's ARN is its name, whatever the path. */
const isOwnSession = (value: string, { identity, person }: PersonProfiles): boolean =>
  value.startsWith(`arn:aws:iam::${identity.id}:user/`) && value.split("/").at(-1) === person;

function isForeign({ name, value }: ProfileSetting, profiles: PersonProfiles): boolean {
  const { source } = FLAVOURS[profiles.flavour];
  if (OTHER_CREDENTIALS.test(name) || OTHER_KIND[source].test(name)) return true;
  return name === "login_session" && !isOwnSession(value, profiles);
}

function remedyOf(profiles: PersonProfiles): string {
  const { flavour, sourceProfile } = profiles;
  const { source } = FLAVOURS[flavour];
  const own = source === "access keys" ? "your access keys" : "your sign-in";
  const other = source === "access keys" ? "login" : "plain";
  const another = `To do: name another profile for ${own}, such as --source-profile ${sourceProfile}-own`;
  if (holdsBreakGlass(profiles.profiles)) return `${another}.`;
  return `${another}; or, if it is your ${
    source === "access keys" ? "sign-in" : "access keys"
  } in fact, --flavour ${other} --source-profile ${sourceProfile}.`;
}

/**
 * Holds the source profile, where the files have it already, against what the profiles need of it: one that gets other
 * credentials would have every role refused, or assumed by somebody else. Keys themselves tell nothing of their owner.
 * @param credentials the file whose settings come before those of the config file, where it is the one in use
 * @throws UserError where it belongs to something else
 */
export function assertSourceIsOwn(
  config: ConfigText,
  markers: BlockMarkers,
  profiles: PersonProfiles,
  credentials?: ConfigText,
): void {
  const { sourceProfile, identity, person, flavour } = profiles;
  const refuse = (file: string, settings: readonly ProfileSetting[]): void => {
    const foreign = settings.filter((setting) => isForeign(setting, profiles));
    if (foreign.length === 0) return;
    throw new UserError(
      [
        `${file} has a profile ${sourceProfile} already, which does not keep the ${FLAVOURS[flavour].source} of ${person} in ${identity.key} (${identity.id}):`,
        ...foreign.map(({ line, name, value }) => `  line ${String(line)}: ${name}${shown(name, value)}`),
        remedyOf(profiles),
      ].join("\n"),
    );
  };
  refuse(config.name, profileSettings(config, markers, sourceProfile));
  if (credentials !== undefined)
    refuse(credentials.name, credentialsFileSettings(credentials, sourceProfile));
}

/** Values that are no secrets. */
const shown = (name: string, value: string): string => (name.startsWith("aws_") ? "" : ` = ${value}`);
