import { DEFAULT_BRANCH, PIPELINE_KINDS, type Pipeline } from "../pipeline";
import type { Cursor } from "./cursor";

// https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
const REPOSITORY = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/i;
// What Git takes as a branch, less what IAM or a shell would read as something else.
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|\/$|\.$))[\w./-]{1,200}$/;

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

function readGitHub(cursor: Cursor): Pipeline | undefined {
  const fields = cursor.fields({
    what: "a pipeline on GitHub",
    required: ["kind", "repository"],
    optional: ["ids", "branch"],
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
  return (
    repository && {
      kind: "github",
      repository: repository.value,
      branch: branch?.value ?? DEFAULT_BRANCH,
      ...(ids && { ids }),
    }
  );
}

/** Reads `pipeline`; undefined where it is not in order, which has been reported. */
export function readPipeline(cursor: Cursor): Pipeline | undefined {
  if (cursor.peek("kind") === "github") return readGitHub(cursor);
  if (cursor.peek("kind") === "users") {
    return (
      cursor.fields({ what: "a pipeline of users", required: ["kind"], optional: [] }) && { kind: "users" }
    );
  }
  const fields = cursor.fields({
    what: "`pipeline`",
    required: ["kind"],
    optional: ["repository", "ids", "branch"],
  });
  fields?.kind?.oneOf(
    PIPELINE_KINDS,
    "A pipeline deploys by GitHub's identity tokens, or as IAM users with keys.",
  );
  return undefined;
}
