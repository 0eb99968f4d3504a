import { z } from "zod";

import {
  BREAK_GLASS_PERMISSIONS,
  CONTRACTOR_REQUIREMENTS,
  DEPLOYMENT_SOURCES,
  WORKLOAD_ENVIRONMENTS,
  type BreakGlassPermissions,
  type ContractorRequirement,
  type DeploymentSource,
  type WorkloadEnvironment,
} from "../organization";
import { DATABASE_ENGINES, type DatabaseEngine } from "../database";
import { parseAccountId, type AccountId } from "../names";
import { TRUST_QUOTA } from "../quotas";
import type { Pipeline } from "../pipeline";
import type { Cell, Cursor } from "./cursor";
import { readPipeline } from "./pipeline-entry";

/** A database as written. */
export interface DatabaseEntry {
  readonly name: string;
  readonly cursor: Cursor;
  readonly id: Cell<string> | undefined;
  readonly engine: Cell<DatabaseEngine> | undefined;
  readonly identifier: Cell<string> | undefined;
  readonly database: Cell<string> | undefined;
  readonly schema: Cell<string> | undefined;
  readonly owner: Cell<string> | undefined;
  readonly readOnlyUser: Cell<string> | undefined;
}

/** A trail that an account has already, as written. */
export interface ExistingTrailEntry {
  readonly name: Cell<string> | undefined;
  readonly logGroup: Cell<string> | undefined;
  readonly bucket: Cell<string> | undefined;
  readonly objectPrefix: Cell<string> | undefined;
  readonly key: Cell<string> | undefined;
}

/** One account as written: what could not be read is missing, and has been reported. */
export interface AccountEntry {
  readonly key: string;
  readonly cursor: Cursor;
  readonly id: Cell<AccountId> | undefined;
  readonly kind: Cell<"identity" | "workload"> | undefined;
  readonly environment: Cell<WorkloadEnvironment> | undefined;
  /** `identity: true` on a workload account. */
  readonly standsInForIdentity: Cell<true> | undefined;
  readonly trustQuota: Cell<number> | undefined;
  /** Undefined where the account names none. */
  readonly databases: readonly DatabaseEntry[] | undefined;
  readonly follows: Cell<DeploymentSource> | undefined;
  /** Undefined where Muster makes one. */
  readonly trail: ExistingTrailEntry | undefined;
}

export interface OrganizationEntry {
  readonly cursor: Cursor;
  readonly prefix: Cell<string> | undefined;
  readonly region: Cell<string> | undefined;
  readonly otherRegions: readonly Cell<string>[];
  /** Undefined where nobody can tell which accounts there are. */
  readonly accounts: readonly AccountEntry[] | undefined;
  readonly management: Cell<AccountId> | undefined;
  readonly contractorRequirements: readonly Cell<ContractorRequirement>[];
  readonly breakGlassPermissions: Cell<BreakGlassPermissions> | undefined;
  readonly databaseSourceAddresses: readonly Cell<string>[];
  readonly repository: Cell<string> | undefined;
  readonly pipeline: Pipeline | undefined;
}

// A prefix begins tags. AWS keeps those that begin with `aws:`, in any case, for itself, and those that begin like an
// access key describe one. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
// It begins names of trails, which have no two hyphens together, and a hyphen follows it there.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
const PREFIX = /^(?!aws$|akia)(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/i;
// It begins names of buckets and security groups; `xn--` is refused for its hyphens.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const RESERVED_FIRST_WORD = /^(sthree|amzn-s3-demo|sg)(-|$)/i;
const PREFIX_EXAMPLE = 'a word such as "infra"';
// Every service that we tag takes these as a tag's value. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
const TAG_VALUE = /^(?!aws:)[\w+\-=.:/@]{1,256}$/i;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

export const ACCOUNT_ID_RULE = "An account id is 12 digits, as a text.";
export const ACCOUNT_ID_EXAMPLE = 'a text such as "111111111111"';

const ADDRESS_BLOCK = z.union([z.cidrv4(), z.cidrv6()]);

function parseAddressBlock(text: string): string | undefined {
  return ADDRESS_BLOCK.safeParse(text).success && !text.endsWith("/0") ? text : undefined;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
const RESOURCE_ID = /^(db|cluster)-[A-Z0-9]{1,255}$/;
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
const IDENTIFIER = /^(?!.*--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
// Both engines take these without quotes, so that statements and ARNs can hold it as it is. PostgreSQL: at most 63 characters,
// MySQL: at most 32 for a user.
const SQL_NAME = /^[a-z_][a-z0-9_]{0,31}$/;
const SQL_NAME_RULE = "This is not a plain name of SQL.";
const SQL_NAME_FORM = "a lower-case letter or _, then lower-case letters, digits and _, at most 32 in all";

const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined;

function readDatabase(name: string, cursor: Cursor): DatabaseEntry {
  const fields = cursor.fields({
    what: "a database",
    required: ["id", "engine"],
    optional: ["identifier", "database", "schema", "owner", "readOnlyUser"],
  });
  const sqlName = (field: Cursor | undefined): Cell<string> | undefined =>
    field?.parsed(matching(SQL_NAME), SQL_NAME_RULE, SQL_NAME_FORM);
  if (!SQL_NAME.test(name.replaceAll("-", "_"))) {
    cursor.problem(
      "A database's name is a lower-case letter, then letters, digits, hyphens and _, at most 32 in all.",
      {
        value: name,
      },
    );
  }
  const engine = fields?.engine?.oneOf(DATABASE_ENGINES, "There are statements for two engines.");
  if (engine?.value === "mysql") {
    for (const key of [fields?.schema, fields?.owner]) {
      key?.problem("MySQL has databases, and no schemas in them.", { remedy: "Remove this line." });
    }
  }
  return {
    name,
    cursor,
    id: fields?.id?.parsed(
      matching(RESOURCE_ID),
      "This is not the resource id of an instance or a cluster.",
      'its DbiResourceId or DbClusterResourceId, such as "db-ABCDEFGHIJKL01234"',
    ),
    engine,
    identifier: fields?.identifier?.parsed(
      matching(IDENTIFIER),
      "This is not an identifier of RDS.",
      "a letter, then letters, digits and single hyphens, at most 63 in all",
    ),
    database: sqlName(fields?.database),
    schema: sqlName(fields?.schema),
    owner: sqlName(fields?.owner),
    readOnlyUser: sqlName(fields?.readOnlyUser),
  };
}

function readDatabases(cursor: Cursor | undefined): readonly DatabaseEntry[] | undefined {
  const fields = cursor?.fields({ what: "an account's `databases`", required: ["instances"], optional: [] });
  return fields?.instances
    ?.entries("`instances`", "names")
    ?.map(([name, entry]) => readDatabase(name, entry));
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
const TRAIL_NAME = /^(?=.{3,128}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/i;
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
const LOG_GROUP_NAME = /^[\w./#-]{1,512}$/;
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
// CloudTrail takes 200 characters at most. Those that mean something in ARNs and patterns are left out.
const OBJECT_PREFIX = /^(?=.{1,200}$)(?!.*AWSLogs)[\w.=-]+(?:\/[\w.=-]+)*$/;
const KEY_ARN = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

function readExistingTrail(cursor: Cursor | undefined): ExistingTrailEntry | undefined {
  const fields = cursor?.fields({
    what: "an account's `trail`",
    required: ["name", "logGroup", "bucket"],
    optional: ["objectPrefix", "key"],
  });
  if (fields === undefined) return undefined;
  return {
    name: fields.name?.parsed(
      matching(TRAIL_NAME),
      "This is not the name of a trail.",
      'letters and digits, with single . _ or - between them, 3 to 128 in all, such as "company-trail"',
    ),
    logGroup: fields.logGroup?.parsed(
      matching(LOG_GROUP_NAME),
      "This is not the name of a log group.",
      "letters, digits and any of _ . / # -, at most 512 in all",
    ),
    bucket: fields.bucket?.parsed(
      matching(BUCKET_NAME),
      "This is not the name of a bucket.",
      "3 to 63 lower-case letters, digits and any of . -",
    ),
    objectPrefix: fields.objectPrefix?.parsed(
      matching(OBJECT_PREFIX),
      "This is not what the names of a trail's objects begin with.",
      'letters, digits and any of _ . = -, in words between single slashes, without AWSLogs, such as "audit/prod"',
    ),
    key: fields.key?.parsed(
      matching(KEY_ARN),
      "This is not the ARN of a key of KMS.",
      'such as "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
    ),
  };
}

function readAccount(key: string, cursor: Cursor): AccountEntry {
  const fields = cursor.fields({
    what: "an account",
    required: ["id", "kind"],
    optional: ["environment", "identity", "trustQuota", "databases", "follows", "trail"],
  });
  const kind = fields?.kind?.oneOf(["identity", "workload"], "An account holds the people or a workload.");
  if (kind?.value === "workload" && fields?.environment === undefined) {
    cursor.missing("environment", "A workload account needs an `environment`.", {
      allowed: WORKLOAD_ENVIRONMENTS.map((environment) => JSON.stringify(environment)).join(", "),
    });
  }
  if (kind?.value === "identity") {
    fields?.environment?.problem("The identity account has no environment.", { remedy: "Remove this line." });
    fields?.databases?.problem("The identity account has no databases.", { remedy: "Remove this line." });
    fields?.identity?.problem("Only a workload account stands in for the identity account.", {
      remedy: "Remove this line.",
    });
  }
  const workload = kind?.value === "identity" ? undefined : fields;
  return {
    key,
    cursor,
    id: fields?.id?.parsed(parseAccountId, ACCOUNT_ID_RULE, ACCOUNT_ID_EXAMPLE),
    kind,
    environment: workload?.environment?.oneOf(
      WORKLOAD_ENVIRONMENTS,
      "A workload account has one of three environments.",
    ),
    standsInForIdentity: workload?.identity?.onlyTrue("`identity`"),
    databases: readDatabases(workload?.databases),
    trustQuota: fields?.trustQuota?.integer(
      TRUST_QUOTA.standard,
      TRUST_QUOTA.highest,
      'A trust quota is what AWS has raised "Role trust policy length" to in this account.',
    ),
    follows: fields?.follows?.oneOf(
      DEPLOYMENT_SOURCES,
      "An account follows the branch, or the tags that are promoted to it.",
    ),
    trail: readExistingTrail(fields?.trail),
  };
}

function readPrefix(cursor: Cursor): Cell<string> | undefined {
  const prefix = cursor.parsed(
    (text) => (PREFIX.test(text) ? text : undefined),
    'A prefix is a letter, then letters, digits and single hyphens between them, at most 20 in all, neither "aws", which AWS keeps for itself, nor "akia…", as access keys begin.',
    PREFIX_EXAMPLE,
  );
  if (prefix === undefined || !RESERVED_FIRST_WORD.test(prefix.value)) return prefix;
  cursor.problem(
    'AWS takes no bucket whose name begins with "sthree-" or "amzn-s3-demo-", and no security group whose name begins with "sg-".',
    { allowed: PREFIX_EXAMPLE, remedy: "Choose another first word." },
  );
  return undefined;
}

const readRegion = (cursor: Cursor): Cell<string> | undefined =>
  cursor.parsed(
    (text) => (REGION.test(text) ? text : undefined),
    "This is not the name of an AWS region.",
    'a region such as "eu-west-1"',
  );

/** Reads `src/organization.ts`; what is wrong with its form is reported through the cursor. */
export function readOrganization(cursor: Cursor): OrganizationEntry {
  const fields = cursor.fields({
    what: "the organization",
    required: ["prefix", "region", "accounts"],
    optional: [
      "otherRegions",
      "management",
      "contractors",
      "breakGlass",
      "databases",
      "repository",
      "pipeline",
    ],
  });
  const contractors = fields?.contractors?.fields({
    what: "`contractors`",
    required: ["require"],
    optional: [],
  });
  const breakGlass = fields?.breakGlass?.fields({
    what: "`breakGlass`",
    required: ["permissions"],
    optional: [],
  });
  const databases = fields?.databases?.fields({
    what: "`databases`",
    required: ["sourceAddresses"],
    optional: [],
  });
  const accounts = fields?.accounts?.entries("`accounts`", "names");
  const stacks = accounts?.map(([key]) => key) ?? [];
  return {
    cursor,
    prefix: fields?.prefix && readPrefix(fields.prefix),
    region: fields?.region && readRegion(fields.region),
    otherRegions: (fields?.otherRegions?.items("`otherRegions`") ?? []).flatMap(
      (item) => readRegion(item) ?? [],
    ),
    accounts: accounts?.map(([key, account]) => readAccount(key, account)),
    management: fields?.management?.parsed(parseAccountId, ACCOUNT_ID_RULE, ACCOUNT_ID_EXAMPLE),
    contractorRequirements: (contractors?.require?.items("`require`") ?? []).flatMap(
      (item) => item.oneOf(CONTRACTOR_REQUIREMENTS, "This cannot be required of contractors.") ?? [],
    ),
    breakGlassPermissions: breakGlass?.permissions?.oneOf(
      BREAK_GLASS_PERMISSIONS,
      "BreakGlass has one of two sets of permissions.",
    ),
    databaseSourceAddresses: (databases?.sourceAddresses?.items("`sourceAddresses`") ?? []).flatMap(
      (item) =>
        item.parsed(
          parseAddressBlock,
          "This is not a block of addresses, or it is all there are.",
          'a CIDR block such as "203.0.113.0/24" or "2001:db8::/32"',
        ) ?? [],
    ),
    repository: fields?.repository?.parsed(
      (text) => (TAG_VALUE.test(text) ? text : undefined),
      'A repository is letters, digits and any of + - = . _ : / @, at most 256 in all, and does not begin with "aws:": it becomes a tag.',
      'a text such as "example/accounts"',
    ),
    pipeline: fields?.pipeline && readPipeline(fields.pipeline, stacks),
  };
}
