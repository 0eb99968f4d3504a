import { databaseKeyPolicy } from "../../../src/documents/databases/database-key";
import { alarmKeyPolicy } from "../../../src/documents/detection/alarm-channel";
import { PIPELINE_PERMISSIONS } from "../../../src/documents/pipeline-blueprint";
import type { PolicyDocument } from "../../../src/documents/policy-document";
import type { RoleContext } from "../../../src/documents/role-permissions";
import { buildModel } from "../../../src/model/model";
import { pipelineRoleArn } from "../../../src/model/names";
import type { PipelineRole } from "../../../src/model/pipeline";
import { withPlaceholder } from "../../support/encryption-context";
import { decide, sessionCaller, type Decision } from "../../support/evaluate";
import type { IamRequest } from "../../support/iam-requests";
import { PIPELINE_ORGANIZATION, PIPELINE_ROSTER } from "../../support/pipeline-account";
import { SAMPLE_MOMENT } from "../../support/sample";

const { organization } = buildModel(PIPELINE_ORGANIZATION, PIPELINE_ROSTER, SAMPLE_MOMENT);
const account = organization.identity;

/** The account of the recording. */
export const CONTEXT: RoleContext = { organization, account };

/** What a role of the pipeline may do there. */
export const pipelinePermissions = (role: PipelineRole): readonly PolicyDocument[] =>
  PIPELINE_PERMISSIONS[role](CONTEXT).map(({ document }) => document);

/** A request about a key is also up to the key's policy: the alarms' key, or the one that only secrets have. */
function keyPoliciesFor([action, resource, keys = {}]: IamRequest): readonly (
  PolicyDocument<unknown> | undefined
)[] {
  if (!action.startsWith("kms:") || !resource.includes(":key/")) return [undefined];
  const databases = databaseKeyPolicy(CONTEXT, []);
  return "kms:ViaService" in keys ? [databases] : [databases, alarmKeyPolicy(CONTEXT)];
}

/** Whether a job of the pipeline is allowed a request; of one about a key, whichever of our keys it is. */
export async function decideAs(
  role: PipelineRole,
  request: IamRequest,
  policies = pipelinePermissions(role),
): Promise<Decision> {
  const [action, resource, keys] = request;
  for (const resourcePolicy of keyPoliciesFor(request)) {
    const decision = await decide({
      caller: sessionCaller(pipelineRoleArn(organization, role, account), "job"),
      policies,
      action,
      resource,
      resourceAccount: account.id,
      ...(resourcePolicy && { resourcePolicy: withPlaceholder(resourcePolicy) }),
      ...(keys && { context: withPlaceholder(keys) }),
    });
    if (decision === "denied") return "denied";
  }
  return "allowed";
}
