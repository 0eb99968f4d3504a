import type { AccountBlueprint } from "../../src/documents/blueprint";
import { blueprintsOf } from "../../src/documents/blueprint";
import type { Model } from "../../src/model/model";
import { accountResources } from "../../src/resources/account-resources";
import type { DescribedResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { databaseAccessConfig } from "./database-access";

/** Every setting by which a stack has resources that it has not without. */
const configOf = ({ id, isIdentity }: AccountBlueprint["account"]): Readonly<Record<string, string>> => ({
  "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
  "muster:accessAnalyzer": '{"unusedAccessDays":90}',
  "muster:awsConfig": "{}",
  "muster:machines": '{"runAs":"operator"}',
  ...databaseAccessConfig(id),
  ...(isIdentity && { "muster:emergency": '{"guardDuty":"HIGH"}' }),
});

/** The accounts of a model, each with all resources that the settings of its stack can ask for. */
export const withEverySetting = (
  model: Model,
): readonly { readonly blueprint: AccountBlueprint; readonly resources: readonly DescribedResource[] }[] =>
  blueprintsOf(model).map((blueprint) => {
    const { account } = blueprint;
    const settings = readSettings(account.key, configOf(account), model.now);
    return { blueprint, resources: accountResources(model.organization, blueprint, settings) };
  });
