import { arnsOverlap } from "../../src/access/arn-overlap";
import { parseDocument, type Statement } from "../../src/documents/statement";
import { textProperty, type CheckedResource, type ResourceProperties } from "../checked-resource";
import type { AccountExpectations } from "../expectations/account-expectations";
import { valuesIn } from "../property-values";

/**
 * A policy that is set on a region: its statements hold for every log group there that their `Resource` stands for, unless `resourceArn` names one.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
const REGIONAL_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** The statements of an object; none where it is no policy document, which another policy refuses. */
const statementsOf = (fields: ResourceProperties): readonly Statement[] =>
  parseDocument(JSON.stringify(fields)) ?? [];

/** The resources that a policy document names: not its principals, which may be Muster's. */
export const resourcesInDocument = (fields: ResourceProperties): readonly string[] =>
  statementsOf(fields).flatMap(({ resources }) => resources);

/** The patterns of ARNs for which a policy for a region holds. */
function patternsOf({ type, props }: CheckedResource): readonly string[] {
  if (type !== REGIONAL_POLICY || textProperty(props, "resourceArn") !== undefined) return [];
  const statements = [...valuesIn(props)].flatMap((value) =>
    value.kind === "document" ? statementsOf(value.fields) : [],
  );
  return statements.flatMap(({ resources, notResources }) => (notResources.length > 0 ? ["*"] : resources));
}

/** Muster's log groups for which a policy for a region holds, by its wildcards too. */
export function reachedLogGroups(
  resource: CheckedResource,
  { account, organization, resources }: AccountExpectations,
): readonly string[] {
  const patterns = patternsOf(resource);
  return resources.flatMap(({ described, properties }) => {
    if (described.type !== LOG_GROUP) return [];
    const { name, region = organization.region } = properties;
    const arn = `arn:aws:logs:${String(region)}:${account.id}:log-group:${String(name)}`;
    const isReached = patterns.some((one) => arnsOverlap(one, arn) || arnsOverlap(one, `${arn}:*`));
    return isReached ? [String(name)] : [];
  });
}
