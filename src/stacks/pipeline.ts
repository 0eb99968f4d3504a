import * as iam from "@pulumi/aws/iam";

import type {
  IdentityProviderBlueprint,
  PipelineBlueprint,
  PipelineUserBlueprint,
} from "../documents/pipeline-blueprint";
import { PIPELINE_PATH } from "../model/names";
import { Group } from "./group";
import { tagsOf, type Placement } from "./placement";
import { Role } from "./role";

function createIdentityProvider(placement: Placement, { url, audiences }: IdentityProviderBlueprint): void {
  new iam.OpenIdConnectProvider(
    url,
    { url, clientIdLists: [...audiences], tags: tagsOf(placement) },
    { provider: placement.provider },
  );
}

/** Creates a user without keys: somebody makes them, outside Pulumi's state, and gives them to the pipeline. */
function createUser(placement: Placement, { name, group }: PipelineUserBlueprint): void {
  const user = new iam.User(
    name,
    { name, path: PIPELINE_PATH, tags: tagsOf(placement), forceDestroy: true },
    { provider: placement.provider },
  );
  new Group(placement, group, () => user.name);
}

/** Creates what the pipeline needs: its roles, and the identity provider or the users that assume them. */
export function createPipeline(
  placement: Placement,
  { roles, identityProvider, users }: PipelineBlueprint,
): void {
  if (identityProvider) createIdentityProvider(placement, identityProvider);
  for (const role of roles) new Role(placement, role);
  for (const user of users) createUser(placement, user);
}
