import type { Organization } from "../../src/model/account";
import { caseless } from "../../src/model/names";
import type { CheckedResource } from "../checked-resource";
import { knownField, valuesIn } from "../property-values";

/** Hosts of repositories that a program can change, and the property that says of which repository a resource is. */
const REPOSITORY_KEYS = { github: "repository", gitlab: "project" } as const;
type RepositoryHost = keyof typeof REPOSITORY_KEYS;

const isHost = (name: string): name is RepositoryHost => name in REPOSITORY_KEYS;

/** It makes the repository that it names. https://www.pulumi.com/registry/packages/github/api-docs/repository/ */
const GITHUB_REPOSITORY = "github:index/repository:Repository";

/** GitLab's subjects. https://docs.gitlab.com/ci/secrets/id_token_authentication/ */
const GITLAB_SUBJECT = /^project_path:([^:]+):/;

interface PipelineRepository {
  readonly host: RepositoryHost;
  /** `example/accounts`, without regard to case. */
  readonly paths: readonly string[];
}

/** Where this program's repository is, as far as the pipeline tells. */
function pipelineRepository({ pipeline }: Organization): PipelineRepository | undefined {
  if (pipeline?.kind === "github") return { host: "github", paths: [caseless(pipeline.repository)] };
  if (pipeline?.kind !== "oidc") return undefined;
  const { preview, deploy } = pipeline.subjects;
  const paths = [...preview, ...deploy].flatMap((subject) => {
    const [, path] = GITLAB_SUBJECT.exec(subject) ?? [];
    return path === undefined ? [] : [caseless(path)];
  });
  return paths.length > 0 ? { host: "gitlab", paths } : undefined;
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/**
 * Why a resource may change the repository that the accounts are deployed from, in half a sentence: its settings say whose code runs with
 * the right to deploy. It passes where it names another repository, and this one nowhere.
 */
export function* repositoryFaults(
  { type, props, provider }: CheckedResource,
  organization: Organization,
): Iterable<string> {
  const host = type.slice(0, type.indexOf(":"));
  // A component has no provider: all that it makes is judged by itself.
  if (provider === undefined || !isHost(host)) return;
  const own = pipelineRepository(organization);
  if (own === undefined) {
    yield `is of the package ${host}, and the pipeline in src/organization.ts does not say which repository is this program's`;
    return;
  }
  if (own.host !== host) return;
  const key = type === GITHUB_REPOSITORY ? "name" : REPOSITORY_KEYS[host];
  const named = knownField(props, key);
  // GitLab also takes a project's number, which tells no name.
  if (typeof named !== "string" || named === "" || (host === "gitlab" && !named.includes("/")))
    yield `has to name in ${key} a repository other than the pipeline's`;
  else if (own.paths.some((path) => caseless(lastPart(named)) === lastPart(path)))
    yield `is about ${named} in ${key}, which is the pipeline's repository`;
  for (const value of valuesIn(props)) {
    if (value.kind === "text" && own.paths.some((path) => caseless(value.text).includes(path)))
      yield `${value.place.path} names the pipeline's repository`;
  }
}
