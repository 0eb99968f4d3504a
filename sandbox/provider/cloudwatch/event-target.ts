import { EventBridge } from "@aws-sdk/client-eventbridge";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { regional } from "../regional";
import { resourceType, type Inputs } from "../resource-type";

type EventTarget = Inputs<EventTargetArgs>;

export const eventTarget = regional(
  resourceType<EventTargetArgs>({
    properties: {
      rule: { replaces: true },
      targetId: { replaces: true },
      arn: {},
      input: { default: "" },
      inputPath: { default: "" },
      inputTransformer: { compare: "settings" },
      roleArn: { default: "" },
    },
    uniqueBy: ["rule", "targetId", "region"],
    computed: {},

    async create(inputs, clients) {
      await put(inputs, clients);
      return { id: `${inputs.rule}-${inputs.targetId ?? ""}`, computed: {} };
    },

    async read({ id, outputs: { rule = "", targetId } }, clients) {
      const request = clients.of(EventBridge).listTargetsByRule({ Rule: rule });
      const answer = await unlessMissing(request);
      const live = answer?.Targets?.find((target) => target.Id === targetId);
      if (live === undefined) return undefined;
      return {
        id,
        inputs: {
          rule,
          targetId,
          arn: live.Arn ?? "",
          input: live.Input ?? "",
          inputPath: live.InputPath ?? "",
          ...(live.InputTransformer && {
            inputTransformer: {
              inputPaths: live.InputTransformer.InputPathsMap,
              inputTemplate: live.InputTransformer.InputTemplate ?? "",
            },
          }),
          roleArn: live.RoleArn ?? "",
        },
        computed: {},
      };
    },

    async update(_known, { news }, clients) {
      await put(news, clients);
    },

    async delete({ outputs: { rule, targetId = "" } }, clients) {
      await unlessMissing(clients.of(EventBridge).removeTargets({ Rule: rule, Ids: [targetId] }));
    },
  }),
);

/** PutTargets answers with a list of those that it refused. */
async function put(
  { rule, targetId, arn, input, inputPath, inputTransformer, roleArn }: EventTarget,
  clients: Clients,
) {
  const target = {
    Id: targetId,
    Arn: arn,
    Input: input === "" ? undefined : input,
    InputPath: inputPath === "" ? undefined : inputPath,
    InputTransformer: inputTransformer && {
      InputPathsMap: inputTransformer.inputPaths,
      InputTemplate: inputTransformer.inputTemplate,
    },
    RoleArn: roleArn === "" ? undefined : roleArn,
  };
  const { FailedEntries: [failed] = [] } = await clients
    .of(EventBridge)
    .putTargets({ Rule: rule, Targets: [target] });
  if (failed !== undefined)
    throw new Error(
      `EventBridge refused the target ${targetId ?? ""}: ${failed.ErrorMessage ?? "no reason"}`,
    );
}
