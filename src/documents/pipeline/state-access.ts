import type { StatefulPipelineRole, StateBucket } from "../../model/pipeline";
import { customerPolicy } from "../permissions/customer-policy";
import type { CustomerPolicy } from "../role-permissions";

const OBJECTS = {
  Preview: ["s3:GetObject"],
  Deploy: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
} as const satisfies Record<StatefulPipelineRole, readonly string[]>;

const KEY_USES = {
  Preview: ["kms:Decrypt"],
  Deploy: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
} as const satisfies Record<StatefulPipelineRole, readonly string[]>;

/**
 * Allows what Pulumi does with the bucket of its state; a preview takes no lock, and writes nothing. The bucket is another
 * account's, so its own policy has to admit the role too, and so has the key's.
 * https://www.pulumi.com/docs/iac/concepts/state-and-backends/#aws-s3
 */
export const stateAccess = (role: StatefulPipelineRole, { bucket, key }: StateBucket): CustomerPolicy =>
  customerPolicy(
    "state",
    "Pulumi's state.",
    {
      Sid: "StateBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: `arn:aws:s3:::${bucket}`,
    },
    { Sid: "State", Effect: "Allow", Action: OBJECTS[role], Resource: `arn:aws:s3:::${bucket}/*` },
    ...(key === undefined
      ? []
      : [{ Sid: "StateKey", Effect: "Allow", Action: KEY_USES[role], Resource: key } as const]),
  );
