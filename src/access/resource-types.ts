import { UserError } from "../model/problems";
import { arnTemplates } from "../proofs/reference/further-shapes";
import type { AwsAction, ActionResourceType } from "./actions/aws-action";
import { arnsOverlap } from "./arn-overlap";

/** Any resource; also the resource of an action that takes none. */
export const ANY_RESOURCE = "*";

const withoutPlaceholders = (arn: string): string => arn.replace(/\$\{[^}]*\}/g, "*");

/** Whether an ARN, or some that a pattern stands for, is of a type. */
export const isOfType = (resource: string, { arn }: ActionResourceType): boolean =>
  arnTemplates(arn).some((template) => arnsOverlap(withoutPlaceholders(template), resource));

/**
 * Finds the types that a resource can have, among those that an action takes.
 * @throws UserError where the action does not take such a resource
 */
export function matchingResourceTypes(action: AwsAction, resource: string): readonly ActionResourceType[] {
  const { id, resourceTypes } = action;
  if (resource === ANY_RESOURCE) return resourceTypes;
  if (resourceTypes.length === 0) {
    throw new UserError(`${id} takes no resource: ask without "${resource}".`);
  }
  if (!resource.startsWith("arn:")) {
    throw new UserError(`"${resource}" is no ARN. ${id} takes, for example, ${resourceTypes[0]?.arn ?? ""}`);
  }
  const types = resourceTypes.filter((type) => isOfType(resource, type));
  if (types.length > 0) return types;
  const known = resourceTypes.map(({ name, arn }) => `  ${name}: ${arn}`).join("\n");
  throw new UserError(`${id} does not take "${resource}". It takes:\n${known}`);
}
