import { z } from "zod";

import { DATE_FORMS, addSeconds, parseDate, type Instant } from "../model/dates";
import {
  ACCESS_ANALYZER,
  AWS_CONFIG,
  EMERGENCY_SETTING,
  GUARD_DUTY,
  SECURITY_CONTACT,
  SECURITY_HUB,
} from "./detector-settings";
import { ALARM_THRESHOLDS, SUBSCRIPTION_SETTING } from "./alarm-settings";
import { ROTATION_FUNCTION_PREFIX } from "../model/names";
import { nearest } from "../model/choices";
import { SETTINGS_NAMESPACE, straySettings, type SettingNames } from "./stray-settings";
import { formatPath, countNoun, formatProblems, UserError, type Problem } from "../model/problems";

const id = (prefix: "vpc" | "subnet" | "sg", what: string): z.ZodString =>
  z
    .string({ error: `${what} is needed` })
    .regex(
      new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
      `${what} is an id such as ${prefix}-0123456789abcdef0`,
    );

/** The longest time, in days, for which the bastion may be let in by one edit of the settings. */
const BASTION_DAYS = 14;

/** How Pulumi hands on a time that stands in the settings, between quotes too: YAML has times, and Go prints them so. */
const TIME_OF_PULUMI = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?) ([+-]\d\d)(\d\d) \S+$/;

const BASTION = z.strictObject(
  {
    securityGroup: id("sg", "The bastion's security group"),
    until: z.string({ error: "The bastion is let in until a date" }).transform((text, context) => {
      const until = parseDate(text.replace(TIME_OF_PULUMI, "$1T$2$3:$4"), "until");
      if (until !== undefined) return until;
      context.addIssue(`This is no date or instant: ${DATE_FORMS}`);
      return z.NEVER;
    }),
  },
  { error: "The bastion is an object: { securityGroup, until }" },
);

const SECRET_NAME = z
  .string({ error: "A secret has a name" })
  .regex(/^[\w/+=.@-]{1,505}$/, "A secret's name is letters, digits and any of / _ + = . @ -");

const isWithoutRepeats = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html */
const ROTATION = z.strictObject(
  {
    /** The pipeline may call functions of this beginning alone, which are those that the console of Secrets Manager makes. */
    function: z
      .string({ error: "A function rotates secrets" })
      .regex(
        new RegExp(`^arn:aws:lambda:[a-z0-9-]+:\\d{12}:function:${ROTATION_FUNCTION_PREFIX}[\\w-]*$`),
        `This is the ARN of a Lambda function whose name begins with ${ROTATION_FUNCTION_PREFIX}`,
      ),
    /** The role that the function runs as: the key opens to it, for the secrets that are rotated. */
    role: z
      .string({ error: "The function runs as a role" })
      .regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "This is the ARN of the function's role"),
    days: z
      .int({ error: "Days between rotations are a whole number" })
      .min(1, "Secrets rotate at most daily")
      .max(1_000, "Secrets Manager takes at most 1000 days"),
    secrets: z
      .array(SECRET_NAME, { error: "This is a list of names" })
      .min(1, "Name the secrets that rotate")
      .refine(isWithoutRepeats, "A secret is listed twice"),
  },
  { error: "A rotation is an object: { function, role, days, secrets }" },
);

/** How secrets get new values by themselves. */
export type RotationSettings = z.output<typeof ROTATION>;

const DATABASE_ACCESS = z
  .strictObject(
    {
      vpcId: id("vpc", "The network of the databases"),
      applicationSecurityGroup: id("sg", "The application's security group"),
      /** For as long as somebody needs the bastion: without it, and in a deployment after its end, the bastion is closed. */
      bastion: BASTION.optional(),
      /** PostgreSQL's by default; MySQL's is the other. */
      port: z
        .literal([5432, 3306], { error: "A database listens on 5432 (PostgreSQL) or 3306 (MySQL)" })
        .default(5432),
      /** Secrets to make, without values. `…/rds/…` are those that the role Dba reads. */
      secretNames: z
        .array(SECRET_NAME, { error: "This is a list of names" })
        .default([])
        .refine(isWithoutRepeats, "A secret is listed twice"),
      /** For a subnet group. RDS takes subnets of two zones or more. */
      privateSubnets: z
        .array(id("subnet", "A private subnet"), { error: "This is a list of subnets" })
        .min(2, "A subnet group takes two subnets or more, in different zones")
        .refine(isWithoutRepeats, "A subnet is listed twice")
        .optional(),
      rotation: ROTATION.optional(),
    },
    { error: "Database access is an object" },
  )
  .check(({ value: { secretNames, rotation }, issues }) => {
    (rotation?.secrets ?? []).forEach((name, index) => {
      if (secretNames.includes(name)) return;
      issues.push({
        code: "custom",
        input: name,
        path: ["rotation", "secrets", index],
        message: "Secrets that rotate stand in secretNames too",
      });
    });
  });

/** What stands between databases and those who use them. */
export type DatabaseAccessSettings = z.output<typeof DATABASE_ACCESS>;

/** The same at a moment: a security group knows no dates, so that a rule which is over is left out. */
function databaseAccessAt(
  { bastion, ...others }: DatabaseAccessSettings,
  now: Instant,
): DatabaseAccessSettings {
  return { ...others, ...(bastion !== undefined && now < bastion.until && { bastion }) };
}

const PUBLIC_BUCKETS = ["blocked", "allowed"] as const;
const minutes = (most: number, what: string): z.ZodNumber =>
  z
    .number({ error: `${what} is a number of minutes` })
    .int(`${what} is whole minutes`)
    .min(1, `${what} is a minute at least`)
    .max(most, `${what} is ${String(most)} minutes at most`);

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html */
const MACHINES = z.strictObject(
  {
    idleMinutes: minutes(60, "The time without a key pressed").default(20),
    longestMinutes: minutes(1_440, "The longest session").default(60),
    /** The machine's user that sessions run as; it has to be on every machine. */
    runAs: z
      .string({ error: "Sessions run as a user of the machine" })
      .regex(
        /^[a-z_][a-z0-9_-]{0,31}$/,
        "A user of Linux is a letter or underscore, then letters, digits, - and _, 32 at most",
      )
      .refine((name) => name !== "root", "Sessions do not run as root")
      .optional(),
    /** The bucket of sessions that an earlier stack of this account left behind is taken over. */
    keptBucket: z.literal(true, { error: "This is true or absent" }).optional(),
  },
  { error: "Machines are an object" },
);

/** How people come to machines. */
export type MachineSettings = z.output<typeof MACHINES>;

/** The schema of what stands under `muster:` in `Pulumi.<stack>.yaml`. */
export const ACCOUNT_SETTINGS = z.strictObject({
  /** Who hears the alarms. Needed in every account: all have one on their root user. */
  alarmSubscriptions: z.array(SUBSCRIPTION_SETTING, { error: "This is a list of subscriptions" }).default([]),
  /** Events within five minutes from which an alarm rings that would ring at the first. */
  alarmThresholds: ALARM_THRESHOLDS.default({}),
  /** Name of the trail's bucket that an earlier stack of this account left behind; it is taken over instead of made. */
  keptTrailBucket: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      "A bucket's name is 3 to 63 lower-case letters, digits and any of . -",
    )
    .optional(),
  /** ARN of a key of KMS, not made by Muster, with which the trail encrypts what it writes to its bucket. */
  trailKey: z
    .string()
    .regex(
      /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
      "This is the ARN of a key, such as arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    )
    .optional(),
  /** Name of the account in the sign-in address of the console, unique among all AWS accounts. */
  accountAlias: z
    .string()
    .regex(
      /^(?!\d{12}$)[a-z0-9](?:-?[a-z0-9]){2,62}$/,
      "An alias is 3 to 63 lower-case letters, digits and single hyphens, and no account id",
    )
    .optional(),
  guardDuty: GUARD_DUTY,
  securityHub: SECURITY_HUB,
  accessAnalyzer: ACCESS_ANALYZER,
  /** Only where AWS Config is to record resources and to evaluate rules about credentials: it costs. */
  awsConfig: AWS_CONFIG.optional(),
  /** Only where findings about people's credentials are to be answered at once, in the identity account. */
  emergency: EMERGENCY_SETTING.optional(),
  /** The person whom AWS tells of security matters, beside the root user's address. */
  securityContact: SECURITY_CONTACT.optional(),
  /** Whether a bucket of the account may be public. */
  publicBuckets: z
    .enum(PUBLIC_BUCKETS, { error: `Public buckets are one of ${PUBLIC_BUCKETS.join(", ")}` })
    .default("blocked"),
  /** Only where the account's databases are to have a security group, a key and secrets by Muster. */
  databaseAccess: DATABASE_ACCESS.optional(),
  /** Only where people are to come to machines by Session Manager, and to make users of them by a document. */
  machines: MACHINES.optional(),
});

/** The settings of an account from its `Pulumi.<stack>.yaml`, checked: all that is not about people. */
export type StackSettings = z.output<typeof ACCOUNT_SETTINGS>;

const PREFIX = `${SETTINGS_NAMESPACE}:`;

/** Pulumi keeps objects and lists of a stack's settings as JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : text;
  } catch {
    return text;
  }
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    written,
  );
}

/** The settings within an object, an optional one or a list of objects; none within anything else. */
function schemaWithin(schema: unknown): Readonly<Record<string, unknown>> {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return schemaWithin(schema.unwrap());
  if (schema instanceof z.ZodPipe) return schemaWithin(schema.in);
  return schema instanceof z.ZodArray ? schemaWithin(schema.element) : {};
}

/** The names of the settings within another, or of all for the empty path; the places of lists have no names. */
const settingsWithin = (path: readonly PropertyKey[]): readonly string[] =>
  Object.keys(
    path
      .filter((step) => typeof step === "string")
      .reduce((shape, step) => schemaWithin(shape[step]), schemaWithin(ACCOUNT_SETTINGS)),
  );

const SETTING_NAMES: SettingNames = new Map(settingsWithin([]).map((name) => [name, settingsWithin([name])]));

/** Suggests settings for the place of one that does not exist. */
function adviceFor(path: readonly PropertyKey[], key: string): Pick<Problem, "allowed" | "remedy"> {
  const known = settingsWithin(path);
  const allowed = known.join(", ");
  const [outer = "", ...inner] = key.split(".");
  // The tables of docs/settings.md name them so.
  if (inner.length > 0 && known.includes(outer))
    return {
      allowed,
      remedy: `Write ${inner.join(".")} within ${PREFIX}${formatPath(...stepsOf(path), outer)}.`,
    };
  const hint = nearest(key, known);
  return {
    allowed,
    ...(hint !== undefined && { remedy: `Did you mean ${PREFIX}${formatPath(...stepsOf(path), hint)}?` }),
  };
}

const stepsOf = (path: readonly PropertyKey[]): readonly (string | number)[] =>
  path.map((step) => (typeof step === "number" ? step : String(step)));

function problemsOf(stack: string, written: unknown, { issues }: z.ZodError): readonly Problem[] {
  const place = (path: readonly PropertyKey[]): Pick<Problem, "severity" | "file" | "path" | "value"> => {
    const value = valueAt(written, path);
    return {
      severity: "error",
      file: `Pulumi.${stack}.yaml`,
      path: `${PREFIX}${formatPath(...stepsOf(path))}`,
      ...(value !== undefined && { value }),
    };
  };
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          ...place([...issue.path, key]),
          rule: "There is no such setting.",
          ...adviceFor(issue.path, key),
        }))
      : [{ ...place(issue.path), rule: `${issue.message}.` }],
  );
}

/** An end that is years away is none. */
function problemsWithBastion(
  stack: string,
  { databaseAccess }: StackSettings,
  now: Instant,
): readonly Problem[] {
  const until = databaseAccess?.bastion?.until;
  const latest = addSeconds(now, BASTION_DAYS * 86_400);
  if (until === undefined || until <= latest) return [];
  return [
    {
      severity: "error",
      file: `Pulumi.${stack}.yaml`,
      path: `${PREFIX}databaseAccess.bastion.until`,
      value: until,
      rule: `The bastion is let in for at most ${countNoun(BASTION_DAYS, "day")}, and then for another time where it still has to be.`,
      allowed: `a time up to ${latest}`,
    },
  ];
}

/** What a stack's configuration says: its settings, or all that is wrong with it. */
type CheckedSettings =
  | { readonly settings: StackSettings; readonly problems?: undefined }
  | { readonly settings?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads the settings of a stack at a moment.
 * @param config every key of the stack's configuration with its text, as `pulumi.runtime.allConfig()` returns it
 * @param project the project's name, which Pulumi puts before keys without a namespace
 */
export function checkSettings(
  stack: string,
  config: Readonly<Record<string, string>>,
  now: Instant,
  project: string = SETTINGS_NAMESPACE,
): CheckedSettings {
  const own = Object.entries(config).filter(([key]) => key.startsWith(PREFIX));
  const written = Object.fromEntries(own.map(([key, text]) => [key.slice(PREFIX.length), parsed(text)]));
  const result = ACCOUNT_SETTINGS.safeParse(written);
  const stray = straySettings(stack, project, Object.keys(config), SETTING_NAMES);
  const problems = [
    ...stray,
    ...(result.success
      ? problemsWithBastion(stack, result.data, now)
      : problemsOf(stack, written, result.error)),
  ];
  if (!result.success || problems.length > 0) return { problems };
  const settings = result.data;
  const { databaseAccess } = settings;
  if (databaseAccess === undefined) return { settings };
  return { settings: { ...settings, databaseAccess: databaseAccessAt(databaseAccess, now) } };
}

/**
 * The settings of a stack at a moment, of the same as `checkSettings`.
 * @throws UserError that lists every unknown key and unfit value
 */
export function readSettings(...written: Parameters<typeof checkSettings>): StackSettings {
  const { settings, problems } = checkSettings(...written);
  if (settings !== undefined) return settings;
  throw new UserError(formatProblems(`${countNoun(problems.length, "problem")} to solve first.`, problems));
}
