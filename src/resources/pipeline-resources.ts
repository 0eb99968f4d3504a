import type {
  IdentityProviderBlueprint,
  PipelineBlueprint,
  PipelineUserBlueprint,
} from "../documents/pipeline-blueprint";
import type { RoleContext } from "../documents/role-permissions";
import { PIPELINE_PATH } from "../model/names";
import { groupResources } from "./group-resources";
import { describeResource, type DescribedResource } from "./described-resource";
import { roleResources } from "./role-resources";
import { accountTags } from "../documents/account-tags";

function identityProvider(
  context: RoleContext,
  { url, audiences }: IdentityProviderBlueprint,
): DescribedResource<"aws:iam/openIdConnectProvider:OpenIdConnectProvider"> {
  return describeResource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", url, {
    url,
    clientIdLists: audiences,
    tags: accountTags(context),
  });
}

/** A user without keys: somebody makes them, outside Pulumi's state, and gives them to the pipeline. */
function userResources(
  context: RoleContext,
  { name, group }: PipelineUserBlueprint,
): readonly DescribedResource[] {
  return [
    describeResource("aws:iam/user:User", name, {
      name,
      path: PIPELINE_PATH,
      tags: accountTags(context),
      forceDestroy: true,
    }),
    ...groupResources(context, group),
  ];
}

/** What the pipeline needs: its roles, and the identity provider or the users that assume them. */
export function pipelineResources(
  context: RoleContext,
  { roles, identityProvider: provider, users }: PipelineBlueprint,
): readonly DescribedResource[] {
  return [
    ...(provider ? [identityProvider(context, provider)] : []),
    ...roles.flatMap((role) => roleResources(context, role)),
    ...users.flatMap((user) => userResources(context, user)),
  ];
}
