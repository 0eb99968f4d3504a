import type { Properties, Value } from "./resource-type";
import type { Tags } from "./tags";

/** The provider settings that this provider honours, as `aws.ProviderArgs` names them. */
export interface Configuration {
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly profile: string | undefined;
  readonly defaultTags: Tags;
  /** Prefixes of the tag keys that are left alone. */
  readonly ignoredTagPrefixes: readonly string[];
}

/** Reads the settings as the engine sends them: anything but a string comes as JSON in a string. */
export function parseConfiguration(settings: Properties, environment: NodeJS.ProcessEnv): Configuration {
  const region = text(settings["region"]) ?? environment["AWS_REGION"];
  if (region === undefined)
    throw new Error("The AWS provider has no region: set `region` on it, or AWS_REGION.");
  return {
    region,
    allowedAccountIds: texts(json(settings["allowedAccountIds"])),
    forbiddenAccountIds: texts(json(settings["forbiddenAccountIds"])),
    profile: text(settings["profile"]),
    defaultTags: tagsOf(json(settings["defaultTags"])),
    ignoredTagPrefixes: prefixesOf(json(settings["ignoreTags"])),
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function json(value: Value | undefined): Value | undefined {
  return typeof value === "string" ? (JSON.parse(value) as Value) : value;
}

function texts(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function tagsOf(value: Value | undefined): Tags {
  const tags = value !== null && typeof value === "object" && "tags" in value ? value.tags : undefined;
  return tags !== null && typeof tags === "object" ? (tags as Tags) : {};
}

function prefixesOf(value: Value | undefined): string[] {
  return value !== null && typeof value === "object" && "keyPrefixes" in value
    ? texts(value.keyPrefixes)
    : [];
}
