import type { Arn } from "../../model/names";
import { accountRootArn } from "../../model/names";
import type { Pod, Workload } from "../../model/workload";
import { policyDocument, type TrustStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import type { TrustDocument } from "../role-trust";

/**
 * ECS names the account's tasks as the source of its request; it has no narrower one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
const admitTasks = ({ organization, account }: RoleContext): TrustStatement => ({
  Sid: "Tasks",
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: {
    StringEquals: { "aws:SourceAccount": account.id },
    ArnLike: { "aws:SourceArn": `arn:aws:ecs:${organization.region}:${account.id}:*` },
  },
});

/**
 * Lambda names no source when it assumes the role of a function, so a condition here would keep every function out. Which
 * function may use the role is said in its permissions instead.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const FUNCTIONS: TrustStatement = {
  Sid: "Functions",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/**
 * EC2 names no source when it fetches a machine's credentials. Which machines get them is said by whoever may pass the role.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 */
const INSTANCES: TrustStatement = {
  Sid: "Instances",
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/**
 * EKS tags the sessions of Pod Identity with the pod's cluster, namespace and service account: the two actions belong together. The
 * tags are EKS's own, so that whoever makes an association for another service account is refused here.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html, https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
function admitPods({ organization, account }: RoleContext, pod: Pod): TrustStatement {
  const cluster = `arn:aws:eks:${organization.region}:${account.id}:cluster/${pod.cluster}`;
  return {
    Sid: "Pods",
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": account.id,
        "aws:RequestTag/kubernetes-namespace": pod.namespace,
        "aws:RequestTag/kubernetes-service-account": pod.serviceAccount,
      },
      ArnEquals: { "aws:SourceArn": cluster },
    },
  };
}

function admitRuntime(context: RoleContext, workload: Workload): TrustStatement {
  switch (workload.runsOn) {
    case "ec2":
      return INSTANCES;
    case "ecs":
      return admitTasks(context);
    case "eks":
      return admitPods(context, workload.pod);
    case "lambda":
      return FUNCTIONS;
  }
}

/** The trust of the role that a service's code runs with. */
export function runtimeTrust(context: RoleContext, workload: Workload): TrustDocument {
  return policyDocument(admitRuntime(context, workload));
}

/**
 * The trust of the role with which a service signs in to databases: for its own role alone. By a condition, as for people
 * (decision 1).
 */
export function databaseTrust({ account }: RoleContext, runtimeRole: Arn): TrustDocument {
  return policyDocument({
    Sid: "OwnService",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(account.id) },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": runtimeRole } },
  });
}
