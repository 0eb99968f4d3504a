import type { Organization } from "../../src/model/account";
import { caseless } from "../../src/model/names";
import { GITHUB_ISSUER, STACK_PLACEHOLDER, type GitHubPipeline } from "../../src/model/pipeline";

/** Whose tokens a trust admits. */
interface TokenSubject {
  /** Its URL without the scheme. */
  readonly issuer: string;
  readonly subject: string;
}

/**
 * GitHub's subjects in its default forms: `repo:example/web:…`, and `repo:example@123/web@456:…` with numbers.
 * https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
const GITHUB_SUBJECT = /^repo:(?<owner>[^/:@]+)(?:@(?<ownerId>\d+))?\/(?<name>[^/:@]+)(?:@(?<id>\d+))?:/;

type Repository = Partial<Record<"owner" | "ownerId" | "name" | "id", string>>;

const repositoryOf = (subject: string): Repository => GITHUB_SUBJECT.exec(subject)?.groups ?? {};

/** Whether it is the pipeline's repository, by its name or its number; GitHub's names have no case. */
function isOfPipeline({ owner, name, id }: Repository, { repository, ids }: GitHubPipeline): boolean {
  const isNumber = id !== undefined && id === String(ids?.repository);
  return isNumber || caseless(`${owner ?? ""}/${name ?? ""}`) === caseless(repository);
}

/** Whether a repository belongs to the owner of the pipeline's: a number has to be known, since a name can be taken over. */
function hasOwnerOfPipeline({ owner, ownerId }: Repository, { repository, ids }: GitHubPipeline): boolean {
  const [ownOwner = ""] = repository.split("/");
  return (
    owner !== undefined &&
    caseless(owner) === caseless(ownOwner) &&
    (ownerId === undefined || ownerId === String(ids?.owner))
  );
}

/** The subjects that the pipeline has in any account, whole; GitHub's are read as a repository's instead. */
function pipelineSubjects({ accounts, pipeline }: Organization): readonly string[] {
  if (pipeline?.kind !== "oidc") return [];
  return [...pipeline.subjects.preview, ...pipeline.subjects.deploy].flatMap((subject) =>
    accounts.map(({ key }) => subject.replaceAll(STACK_PLACEHOLDER, key)),
  );
}

/**
 * Finds the fault of a subject in a trust beside Muster's. Jobs of the pipeline never get in: code that nobody has read runs
 * in some. Others do where they are of the same owner on GitHub, or where the register says so.
 * @param registered the subjects that the resource's entry in the register has
 */
export function subjectFault(
  { issuer, subject }: TokenSubject,
  organization: Organization,
  registered: readonly string[],
): string | undefined {
  const { pipeline } = organization;
  const github = pipeline?.kind === "github" ? pipeline : undefined;
  const repository = repositoryOf(subject);
  if ((github && isOfPipeline(repository, github)) || pipelineSubjects(organization).includes(subject))
    return `admits the subject ${subject} of ${issuer}, which is the pipeline's`;
  if (registered.includes(subject)) return undefined;
  if (issuer === GITHUB_ISSUER && github && hasOwnerOfPipeline(repository, github)) return undefined;
  return `admits the subject ${subject} of ${issuer}, which is neither of the owner of the pipeline's repository on GitHub nor among the \`subjects\` of its entry in the register`;
}
