import { DEFAULT_BRANCH, PIPELINE_KINDS, type Pipeline, type StateBucket } from "../pipeline";
import type { Cursor } from "./cursor";

// https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
const REPOSITORY = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/i;
// What Git takes as a branch, less what IAM or a shell would read as something else.
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|\/$|\.$))[\w./-]{1,200}$/;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET = /^(?!xn--)[a-z\d](?:[a-z\d-]|\.(?!\.)){1,61}[a-z\d]$/;
const KEY = /^arn:aws:kms:[a-z\d-]+:\d{12}:key\/[\w-]+$/;

const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined;

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
  const branch = fields?.branch?.parsed(
    matching(BRANCH),
    "A branch is the name of one, without wildcards and without refs/heads/.",
    'a text such as "main"',
  );
  const ids = fields?.ids && readIds(fields.ids);
  const state = fields?.state && readState(fields.state);
  return (
    repository && {
      kind: "github",
      repository: repository.value,
      branch: branch?.value ?? DEFAULT_BRANCH,
      ...(ids && { ids }),
      ...(state && { state }),
    }
  );
}

function readUsers(cursor: Cursor): Pipeline | undefined {
  const fields = cursor.fields({ what: "a pipeline of users", required: ["kind"], optional: ["state"] });
  const state = fields?.state && readState(fields.state);
  return fields && { kind: "users", ...(state && { state }) };
}

/** Reads `pipeline`; undefined where it is not in order, which has been reported. */
export function readPipeline(cursor: Cursor): Pipeline | undefined {
  if (cursor.peek("kind") === "github") return readGitHub(cursor);
  if (cursor.peek("kind") === "users") return readUsers(cursor);
  const fields = cursor.fields({
    what: "`pipeline`",
    required: ["kind"],
    optional: ["repository", "ids", "branch", "state"],
  });
  fields?.kind?.oneOf(
    PIPELINE_KINDS,
    "A pipeline deploys by GitHub's identity tokens, or as IAM users with keys.",
  );
  return undefined;
}
