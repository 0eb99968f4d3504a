import type { PreviewComparison, ResourceOfStack } from "../drift/comparison";
import type { ProgramRegistration, ProgramRequests } from "../drift/program-requests";
import { shortType } from "../drift/drift-report";
import type { DescribedResource } from "../resources/described-resource";

/** Something about how a resource is managed that no policy sees. */
export interface UnseenOption {
  /** Pulumi's type and name; undefined where it is about the whole program. */
  readonly resource?: ResourceOfStack;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** What the policy pack compares, or is told by another name. */
const SEEN: readonly string[] = [
  "additionalSecretOutputs",
  "aliasURNs",
  "aliases",
  "custom",
  "customTimeouts",
  "deleteBeforeReplace",
  "deleteBeforeReplaceDefined",
  "dependencies",
  "ignoreChanges",
  "name",
  "object",
  "parent",
  "propertyDependencies",
  "protect",
  "provider",
  "providers",
  "type",
];

/** How the program and the engine talk; nothing of it is about the resource. Each class of a provider says its own version. */
const TALK: readonly string[] = [
  "acceptResources",
  "acceptSecrets",
  "aliasSpecs",
  "parentStackTraceHandle",
  "sourcePosition",
  "stackTrace",
  "supportsPartialValues",
  "supportsResultReporting",
  "version",
];

/** The effects of known options; whatever else Pulumi has one day is refused in fewer words. */
const EFFECTS: Readonly<Record<string, string>> = {
  deletedWith: "it stays in the account when that other resource goes too",
  envVarMappings: "the provider takes its environment from other variables",
  hideDiffs: "no preview shows what changes in it",
  hooks: "code runs when it is made, changed or deleted",
  importId: "it becomes whatever exists under that id",
  pluginDownloadURL: "its provider is downloaded from there",
  replaceOnChanges: "it is deleted and made anew by a change",
  replaceWith: "it is deleted and made anew with another resource",
  replacementTrigger: "it is deleted and made anew by a change of that value",
  retainOnDelete: "it stays in the account when the program no longer has it",
  transforms: "something changes it after it was described",
};

/** The option's name in a program. */
const optionName = (field: string): string => (field === "importId" ? "import" : field);

/** Calls by which a program changes what it has registered before. */
const TRANSFORMING: readonly string[] = ["RegisterStackTransform", "RegisterStackInvokeTransform"];

/** Types whose resources may stay when their stack goes: evidence, and what protects it. */
const KEPT_TYPES: readonly string[] = [
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
];

const STACK_TYPE = "pulumi:pulumi:Stack";
/** The components and the provider that src/stacks makes. */
const OF_MUSTER = /^(?:muster:stacks:|pulumi:pulumi:Stack$|pulumi:providers:aws$)/;

/** The types and the name by which the engine knows a resource in its stack: `muster:stacks:Role$aws:iam/role:Role::infra-ReadR-dev`. */
function addressOf({ type, name, parent }: ProgramRegistration): string {
  const [, , holders = ""] = parent.split("::");
  return `${holders === "" || holders === STACK_TYPE ? "" : `${holders}$`}${type}::${name}`;
}

const describedAddress = ({ type, name, parent }: DescribedResource): string =>
  `${parent === undefined ? "" : `${parent.type}$`}${type}::${name}`;

/** The values that the description asks for, of the options that no policy sees. */
function describedOptions({ options }: DescribedResource): Readonly<Record<string, unknown>> {
  const { retainOnDelete, takesOver, remadeOnChanges } = options;
  return {
    ...(retainOnDelete && { retainOnDelete }),
    ...(takesOver !== undefined && { importId: takesOver }),
    ...(remadeOnChanges && { replaceOnChanges: remadeOnChanges }),
  };
}

/** Protobuf has one of these values for a field that nobody set. */
const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === "" ||
  (typeof value === "object" && Object.values(value).every(isUnset));

const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function* faultsOf(
  registration: ProgramRegistration,
  described: DescribedResource | undefined,
): Iterable<string> {
  const { type, name } = registration;
  const subject = `${shortType(type)} ${name}`;
  const expected = described === undefined ? {} : describedOptions(described);
  for (const [field, value] of Object.entries(registration)) {
    if (SEEN.includes(field) || TALK.includes(field) || isUnset(value)) continue;
    if (sameValue(value, expected[field])) continue;
    const effect = EFFECTS[field] ?? "no policy knows what it does";
    yield `${subject} has the option ${optionName(field)}: ${effect}. src/resources does not describe it so; take it away.`;
  }
  for (const [field, value] of Object.entries(expected)) {
    if (isUnset(registration[field]))
      yield `${subject} lacks the option ${optionName(field)}, which src/resources describes (${JSON.stringify(value)}): let src/stacks hand it on.`;
  }
}

/** What of a preview a judgement needs. */
export interface JudgedPreview {
  readonly comparison: Pick<PreviewComparison, "leftInAccount">;
  readonly requests: Pick<ProgramRequests, "registrations" | "calls">;
}

/**
 * The options of resources that Pulumi tells a policy pack nothing of, and that src/resources does not describe; what it describes
 * and the program does not say, too. Resources beside Muster's are their owners'.
 */
export function unseenOptions(
  { comparison, requests }: JudgedPreview,
  all: readonly DescribedResource[],
): readonly UnseenOption[] {
  const { registrations, calls } = requests;
  if (registrations.length === 0)
    return [
      {
        message:
          "This pulumi does not tell what options resources have (PULUMI_DEBUG_GRPC), so that nobody has looked at them. Take the version that .github/workflows has.",
      },
    ];
  const byAddress = new Map(all.map((described) => [describedAddress(described), described]));
  const transforming = TRANSFORMING.filter((call) => calls.has(call)).map((call) => ({
    message: `The program calls ${call}: what it registers is changed afterwards, its options too. Describe in src/resources what is meant.`,
  }));
  const options = registrations.flatMap((registration) => {
    const { type, name } = registration;
    const described = byAddress.get(addressOf(registration));
    if (described === undefined && !OF_MUSTER.test(type)) return [];
    return [...faultsOf(registration, described)].map((message) => ({ resource: { type, name }, message }));
  });
  const left = comparison.leftInAccount
    .filter(({ type }) => !KEPT_TYPES.includes(type))
    .map(({ type, name }) => ({
      resource: { type, name },
      message: `${shortType(type)} ${name} leaves the stack and stays in the account, since its state says retainOnDelete. Deploy it once without the option, then take it away.`,
    }));
  return [...transforming, ...options, ...left];
}
