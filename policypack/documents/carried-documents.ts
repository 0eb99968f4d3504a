import { objectListProperty, textProperty, type CheckedResource } from "../checked-resource";
import type { Statement } from "../../src/documents/statement";
import { readDocument } from "./read-document";

/** Types of policies that are attached to users, groups and roles, with the property of the document. */
const IDENTITY_DOCUMENTS: Readonly<Record<string, string>> = {
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
};

/** Types of policies that belong to something that others reach: buckets, topics, keys. */
const RESOURCE_DOCUMENTS: Readonly<Record<string, string>> = {
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

export const ROLE_TYPE = "aws:iam/role:Role";
export const IDENTITY_DOCUMENT_TYPES: readonly string[] = [...Object.keys(IDENTITY_DOCUMENTS), ROLE_TYPE];
export const RESOURCE_DOCUMENT_TYPES: readonly string[] = Object.keys(RESOURCE_DOCUMENTS);
export const DOCUMENT_TYPES: readonly string[] = [...IDENTITY_DOCUMENT_TYPES, ...RESOURCE_DOCUMENT_TYPES];

/** A document that a resource carries, as JSON. */
interface CarriedJson {
  readonly kind: "trust" | "identity" | "resource";
  /** How messages name it: `The trust of infra-ReadR-dev`. */
  readonly subject: string;
  readonly json: string;
}

/** A document that a resource carries. */
export type CarriedDocument = Omit<CarriedJson, "json"> & {
  /** None where it is no policy document, which `aws-iam-document-valid` refuses. */
  readonly statements: readonly Statement[];
};

function carried(
  kind: CarriedJson["kind"],
  subject: string,
  json: string | undefined,
): readonly CarriedJson[] {
  return json === undefined ? [] : [{ kind, subject, json }];
}

/** The policy documents that a resource carries, as JSON; unknown ones throw, as all unknown values do. */
export function carriedJson({ type, name, props }: CheckedResource): readonly CarriedJson[] {
  if (type === ROLE_TYPE) {
    return [
      ...carried("trust", `The trust of ${name}`, textProperty(props, "assumeRolePolicy")),
      ...objectListProperty(props, "inlinePolicies").flatMap((policy) =>
        carried("identity", `An inline policy of ${name}`, textProperty(policy, "policy")),
      ),
    ];
  }
  const identity = IDENTITY_DOCUMENTS[type];
  if (identity !== undefined) return carried("identity", `The policy ${name}`, textProperty(props, identity));
  const property = RESOURCE_DOCUMENTS[type];
  return property === undefined
    ? []
    : carried("resource", `The policy of ${name}`, textProperty(props, property));
}

/** The policy documents that a resource carries. */
export function carriedDocuments(resource: CheckedResource): readonly CarriedDocument[] {
  return carriedJson(resource).map(({ json, ...document }) => ({
    ...document,
    statements: readDocument(json) ?? [],
  }));
}
