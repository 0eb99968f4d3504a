import type {
  IdentityProviderBlueprint,
  PipelineBlueprint,
  PipelineUserBlueprint,
} from "../documents/pipeline-blueprint";
import type { RoleContext } from "../documents/role-permissions";
import { PIPELINE_PATH } from "../model/names";
import { groupResources } from "./group";
import { describe, type DescribedResource } from "./resource";
import { roleResources } from "./role";
import { tagsOf } from "../documents/tags";

function identityProvider(
  context: RoleContext,
  { url, audiences }: IdentityProviderBlueprint,
): DescribedResource<"aws:iam/openIdConnectProvider:OpenIdConnectProvider"> {
  return describe("aws:iam/openIdConnectProvider:OpenIdConnectProvider", url, {
    url,
    clientIdLists: audiences,
    tags: tagsOf(context),
  });
}

/** A user without keys: somebody makes them, outside Pulumi's state, and gives them to the pipeline. */
function userResources(
  context: RoleContext,
  { name, group }: PipelineUserBlueprint,
): readonly DescribedResource[] {
  return [
    describe("aws:iam/user:User", name, {
      name,
      path: PIPELINE_PATH,
      tags: tagsOf(context),
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
