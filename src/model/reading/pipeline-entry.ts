import {
  DEFAULT_BRANCH,
  GITHUB_ISSUER,
  PIPELINE_KINDS,
  STACK_PLACEHOLDER,
  type Pipeline,
  type StateBucket,
} from "../pipeline";
import type { Cursor } from "./cursor";

// https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
const REPOSITORY = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/i;
// Git takes these as a branch; what IAM or a shell would read as something else is left out.
const BRANCH = /^(?![-/.]|refs\/)(?!.*(?:\.\.|\/\/|\/$|\.$))[\w./-]{1,200}$/;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET = /^(?!xn--)[a-z\d](?:[a-z\d-]|\.(?!\.)){1,61}[a-z\d]$/;
const KEY = /^arn:aws:kms:[a-z\d-]+:\d{12}:key\/[\w-]+$/;

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html: https, at most 255 characters.
// Condition keys are compared with the issuer as tokens spell it, so a path keeps its case and ends without a slash. AWS fetches the
// issuer's keys from the internet: a host is a name of two words or more (RFC 1123), and no address.
const LABEL = "[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?";
const ISSUER = new RegExp(
  `^https://(?=.{1,247}$)((?:${LABEL}\\.)+(?!(?:internal|invalid|local|localhost|test)\\b)[a-z]{2,63}(?:/(?!\\.{1,2}(?:/|$))[\\w.~-]+)*)$`,
);
/**
 * Issuers of tokens of people and apps, not of jobs: those that IAM knows by a host of their own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
const ISSUERS_OF_PEOPLE = [
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
];
// One text of a token, compared whole: no patterns, and no variables of IAM's.
const WHOLE_CLAIM = /^(?=.{1,255}$)[^\s*?${}\p{C}]+$/u;

const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined;

/** A subject, in which `{stack}` may stand, and nothing else in braces: IAM would compare it as it is written. */
const wholeSubject = (text: string): string | undefined =>
  WHOLE_CLAIM.test(text.replaceAll(STACK_PLACEHOLDER, "stack")) && text.length <= 255 ? text : undefined;

/** A subject as the accounts' trusts have it. */
const filled = (subject: string, stacks: readonly string[]): readonly string[] =>
  subject.includes(STACK_PLACEHOLDER)
    ? stacks.map((stack) => subject.replaceAll(STACK_PLACEHOLDER, stack))
    : [subject];

function readBranch(cursor: Cursor | undefined): string {
  const branch = cursor?.parsed(
    matching(BRANCH),
    "A branch is the name of one, without wildcards and without refs/heads/.",
    'a text such as "main"',
  );
  return branch?.value ?? DEFAULT_BRANCH;
}

function readIds(cursor: Cursor): { owner: number; repository: number } | undefined {
  const fields = cursor.fields({ what: "`ids`", required: ["owner", "repository"], optional: [] });
  const rule = "GitHub's ids are whole numbers.";
  const owner = fields?.owner?.integer(1, Number.MAX_SAFE_INTEGER, rule);
  const repository = fields?.repository?.integer(1, Number.MAX_SAFE_INTEGER, rule);
  return owner && repository && { owner: owner.value, repository: repository.value };
}

function readState(cursor: Cursor): StateBucket | undefined {
  const fields = cursor.fields({ what: "`state`", required: ["bucket"], optional: ["key"] });
  const bucket = fields?.bucket?.parsed(
    matching(BUCKET),
    "This is not the name of a bucket.",
    'a name such as "example-state"',
  );
  const key = fields?.key?.parsed(
    matching(KEY),
    "A key is named by its ARN; an alias could come to mean another one.",
    'a text such as "arn:aws:kms:eu-west-1:111111111111:key/…"',
  );
  return bucket && { bucket: bucket.value, ...(key && { key: key.value }) };
}

function readGitHub(cursor: Cursor): Pipeline | undefined {
  const fields = cursor.fields({
    what: "a pipeline on GitHub",
    required: ["kind", "repository"],
    optional: ["ids", "branch", "state"],
  });
  const repository = fields?.repository?.parsed(
    matching(REPOSITORY),
    "A repository on GitHub is its owner's name, a slash and its own name, as GitHub spells them.",
    'a text such as "example/accounts"',
  );
  const branch = readBranch(fields?.branch);
  const ids = fields?.ids && readIds(fields.ids);
  const state = fields?.state && readState(fields.state);
  return (
    repository && {
      kind: "github",
      repository: repository.value,
      branch,
      ...(ids && { ids }),
      ...(state && { state }),
    }
  );
}

const WHOLE = "a text without wildcards, spaces and variables, of at most 255 characters";

function readSubjects(cursor: Cursor, what: string): readonly string[] | undefined {
  const items = cursor.items(what);
  if (items === undefined) return undefined;
  if (items.length === 0) {
    cursor.problem(`${what} is empty: nobody gets in, or everybody does.`, {
      allowed: "one subject or more",
    });
    return undefined;
  }
  const subjects = items.map((item) =>
    item.parsed(
      wholeSubject,
      "A subject is compared as a whole.",
      `${WHOLE}; {stack} in it is the account's key`,
    ),
  );
  const values = subjects.flatMap((subject) => (subject ? [subject.value] : []));
  return values.length === items.length ? values : undefined;
}

function readIssuer(cursor: Cursor): string | undefined {
  const issuer = cursor.parsed(
    (text) => ISSUER.exec(text)?.[1],
    "An issuer is a URL of https in small letters whose host is a name on the internet, without a port, a query and a slash at its end.",
    'a text such as "https://gitlab.com"',
  );
  const [host = ""] = issuer?.value.split("/") ?? [];
  if (host === GITHUB_ISSUER) {
    cursor.problem("GitHub's tokens have a form of their own here, which asks for the branch too.", {
      remedy: 'Write `kind: "github"` with `repository`.',
    });
    return undefined;
  }
  if (ISSUERS_OF_PEOPLE.includes(host)) {
    cursor.problem("Its tokens are those of people and apps, not of the jobs of a pipeline.", {
      remedy: "Name the issuer of the tokens of your pipeline's jobs.",
    });
    return undefined;
  }
  return issuer?.value;
}

function readOidc(cursor: Cursor, stacks: readonly string[]): Pipeline | undefined {
  const fields = cursor.fields({
    what: "a pipeline with tokens",
    required: ["kind", "issuer", "audience", "subjects"],
    optional: ["branch", "state"],
  });
  const branch = readBranch(fields?.branch);
  const issuer = fields?.issuer && readIssuer(fields.issuer);
  const audience = fields?.audience?.parsed(
    matching(WHOLE_CLAIM),
    "An audience is compared as a whole.",
    WHOLE,
  );
  const subjects = fields?.subjects?.fields({
    what: "`subjects`",
    required: ["preview", "deploy"],
    optional: [],
  });
  const preview = subjects?.preview && readSubjects(subjects.preview, "`preview`");
  const deploy = subjects?.deploy && readSubjects(subjects.deploy, "`deploy`");
  const deploying = new Set(deploy?.flatMap((subject) => filled(subject, stacks)));
  const both = preview?.filter((subject) => filled(subject, stacks).some((one) => deploying.has(one))) ?? [];
  if (both.length > 0) {
    subjects?.preview?.problem(
      `Jobs of requests run code that nobody has read, and ${both.join(", ")} may deploy.`,
      {
        remedy:
          "Name in `preview` the subjects that requests alone have. Those of `deploy` may preview anyway.",
      },
    );
    return undefined;
  }
  const state = fields?.state && readState(fields.state);
  if (!issuer || !audience || !preview || !deploy) return undefined;
  return {
    kind: "oidc",
    issuer,
    audience: audience.value,
    // A job that deploys an account looks at it before, and every day.
    subjects: { preview: [...preview, ...deploy], deploy },
    branch,
    ...(state && { state }),
  };
}

function readUsers(cursor: Cursor): Pipeline | undefined {
  const fields = cursor.fields({
    what: "a pipeline of users",
    required: ["kind"],
    optional: ["branch", "state"],
  });
  const branch = readBranch(fields?.branch);
  const state = fields?.state && readState(fields.state);
  return fields && { kind: "users", branch, ...(state && { state }) };
}

/** Reads `pipeline` of an organization with these stacks; undefined where it is not in order, which has been reported. */
export function readPipeline(cursor: Cursor, stacks: readonly string[]): Pipeline | undefined {
  if (cursor.peek("kind") === "github") return readGitHub(cursor);
  if (cursor.peek("kind") === "oidc") return readOidc(cursor, stacks);
  if (cursor.peek("kind") === "users") return readUsers(cursor);
  const fields = cursor.fields({
    what: "`pipeline`",
    required: ["kind"],
    optional: ["repository", "ids", "branch", "issuer", "audience", "subjects", "state"],
  });
  fields?.kind?.oneOf(
    PIPELINE_KINDS,
    `A pipeline deploys by GitHub's identity tokens, by those of another issuer such as GitLab ("oidc"), or as IAM users with keys.`,
  );
  return undefined;
}
