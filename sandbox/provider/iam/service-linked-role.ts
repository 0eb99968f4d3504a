import { IAM } from "@aws-sdk/client-iam";
import type { ServiceLinkedRoleArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

/** The service and the role's name in its ARN: `arn:aws:iam::111111111111:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`. */
const partsOf = (arn: string): readonly string[] => arn.split("/").slice(2);

export const serviceLinkedRole = resourceType<ServiceLinkedRoleArgs>({
  properties: { awsServiceName: { replaces: true } },
  uniqueBy: ["awsServiceName"],
  computed: { arn: [], createDate: [], name: [], path: [], uniqueId: [] },

  async create({ awsServiceName }, clients) {
    const { Role: role } = await clients.of(IAM).createServiceLinkedRole({ AWSServiceName: awsServiceName });
    return {
      id: role?.Arn ?? "",
      computed: {
        arn: role?.Arn,
        createDate: role?.CreateDate?.toISOString(),
        name: role?.RoleName,
        path: role?.Path,
        uniqueId: role?.RoleId,
      },
    };
  },

  async read({ id }, clients) {
    const [awsServiceName = "", name = ""] = partsOf(id);
    const answer = await unlessMissing(clients.of(IAM).getRole({ RoleName: name }));
    const role = answer?.Role;
    if (role === undefined) return undefined;
    return {
      id,
      inputs: { awsServiceName },
      computed: {
        arn: role.Arn,
        createDate: role.CreateDate?.toISOString(),
        name: role.RoleName,
        path: role.Path,
        uniqueId: role.RoleId,
      },
    };
  },

  // IAM deletes such a role once its service has let go of it, and says so in an answer of its own.
  async delete({ id }, clients) {
    const iam = clients.of(IAM);
    const [, name = ""] = partsOf(id);
    const task = await unlessMissing(iam.deleteServiceLinkedRole({ RoleName: name }));
    if (task === undefined) return;
    const { Status, Reason } = await iam.getServiceLinkedRoleDeletionStatus({
      DeletionTaskId: task.DeletionTaskId,
    });
    if (Status === "FAILED")
      throw new Error(`${name} is not deleted: ${Reason?.Reason ?? "no reason given"}`);
  },
});
