import { SecurityHub, type ControlFindingGenerator } from "@aws-sdk/client-securityhub";
import type { AccountArgs } from "@pulumi/aws/securityhub";
import type { Clients } from "../clients";
import { resourceType } from "../resource-type";
import { unlessDisabled } from "./unless-disabled";

const arnOf = (clients: Clients) => clients.arn("securityhub", "hub/default");

export const account = resourceType<AccountArgs>({
  properties: {
    autoEnableControls: { default: true },
    controlFindingGenerator: { computed: true },
    enableDefaultStandards: { replaces: true, default: true, local: true },
  },
  uniqueBy: [],
  computed: { arn: [] },

  async create(inputs, clients) {
    const hub = clients.of(SecurityHub);
    await hub.enableSecurityHub({
      EnableDefaultStandards: inputs.enableDefaultStandards ?? true,
      ControlFindingGenerator: inputs.controlFindingGenerator as ControlFindingGenerator,
    });
    await hub.updateSecurityHubConfiguration({ AutoEnableControls: inputs.autoEnableControls ?? true });
    return { id: clients.account, computed: { arn: arnOf(clients) } };
  },

  async read(_known, clients) {
    const live = await unlessDisabled(clients.of(SecurityHub).describeHub({ HubArn: arnOf(clients) }));
    if (live === undefined) return undefined;
    return {
      id: clients.account,
      inputs: {
        autoEnableControls: live.AutoEnableControls,
        controlFindingGenerator: live.ControlFindingGenerator,
      },
      computed: { arn: live.HubArn },
    };
  },

  async update(_known, { news, changed }, clients) {
    await clients.of(SecurityHub).updateSecurityHubConfiguration({
      AutoEnableControls: news.autoEnableControls ?? true,
      ...(changed.has("controlFindingGenerator") && {
        ControlFindingGenerator: news.controlFindingGenerator as ControlFindingGenerator,
      }),
    });
  },

  async delete(_known, clients) {
    await unlessDisabled(clients.of(SecurityHub).disableSecurityHub({}));
  },
});
