import { secretArn, type Arn } from "../../model/names";
import { accountAdministersKey } from "../key-administration";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * Secrets Manager lets nobody name a key for a secret whom the key does not let encrypt and decrypt. It tries on the
 * caller's behalf, under a version that no secret has: so whoever may make secrets makes them, by hand or in the pipeline,
 * and decrypts none.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-using-cmk
 */
export const VALIDATION_VERSION = "RequestToValidateKeyAccess";

/** Who rotates which secrets. */
export interface KeyRotationUse {
  /** The ARN of the role that the rotation's function runs as. */
  readonly role: string;
  readonly secrets: readonly string[];
}

/**
 * Policy of the key that encrypts the secrets of databases. The account administers it and may name it for secrets; only
 * the roles that are named read and write values with it, and only by way of Secrets Manager. As in the policies of AWS's own keys, everybody is the
 * principal and the conditions say who: a role needs no permission of its own for the key.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function databaseKeyPolicy(
  { organization, account }: RoleContext,
  users: readonly Arn[],
  rotation?: KeyRotationUse,
): PolicyDocument<ResourceStatement> {
  const secretsManager = `secretsmanager.${organization.region}.amazonaws.com`;
  const use: ResourceStatement = {
    Sid: "RolesUseSecrets",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": users },
      StringEquals: {
        "kms:CallerAccount": account.id,
        "kms:ViaService": secretsManager,
      },
    },
  };
  const naming: ResourceStatement = {
    Sid: "AccountNamesKey",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      StringEquals: {
        "kms:CallerAccount": account.id,
        "kms:EncryptionContext:SecretVersionId": VALIDATION_VERSION,
        "kms:ViaService": secretsManager,
      },
    },
  };
  const rotating = (own: KeyRotationUse): ResourceStatement => ({
    Sid: "RotationUsesItsSecrets",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": own.role },
      StringLike: {
        "kms:EncryptionContext:SecretARN": own.secrets.map((name) => secretArn(organization, account, name)),
      },
      StringEquals: {
        "kms:CallerAccount": account.id,
        "kms:ViaService": secretsManager,
      },
    },
  });
  return policyDocument(
    accountAdministersKey(account),
    ...(users.length > 0 ? [use] : []),
    naming,
    ...(rotation === undefined ? [] : [rotating(rotation)]),
  );
}
