import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SecretRotationArgs } from "@pulumi/aws/secretsmanager";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

type Rotation = Inputs<SecretRotationArgs>;

const request = ({ secretId, rotationLambdaArn, rotationRules, rotateImmediately }: Rotation) => ({
  SecretId: secretId,
  RotationLambdaARN: rotationLambdaArn,
  RotationRules: { AutomaticallyAfterDays: rotationRules?.automaticallyAfterDays },
  RotateImmediately: rotateImmediately ?? true,
});

export const secretRotation = resourceType<SecretRotationArgs>({
  properties: {
    secretId: { replaces: true },
    rotationLambdaArn: {},
    rotationRules: {},
    rotateImmediately: { default: true, local: true },
  },
  uniqueBy: ["secretId"],
  computed: { rotationEnabled: [] },

  async create(inputs, clients) {
    const { ARN: id = "" } = await clients.of(SecretsManager).rotateSecret(request(inputs));
    return { id, computed: { rotationEnabled: true } };
  },

  async read({ id, outputs: { rotateImmediately } }, clients) {
    const live = await unlessMissing(clients.of(SecretsManager).describeSecret({ SecretId: id }));
    if (live === undefined || live.DeletedDate !== undefined) return undefined;
    const isOn = live.RotationEnabled === true;
    return {
      id,
      inputs: {
        secretId: id,
        rotateImmediately,
        ...(isOn && {
          rotationLambdaArn: live.RotationLambdaARN,
          rotationRules: { automaticallyAfterDays: live.RotationRules?.AutomaticallyAfterDays },
        }),
      },
      computed: { rotationEnabled: isOn },
    };
  },

  async update(_known, { news }, clients) {
    await clients.of(SecretsManager).rotateSecret(request(news));
  },

  async delete({ id: SecretId }, clients) {
    await unlessMissing(clients.of(SecretsManager).cancelRotateSecret({ SecretId }));
  },
});
