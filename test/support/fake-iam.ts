import { IAM, IAMServiceException, NoSuchEntityException } from "@aws-sdk/client-iam";

import { withAnswers, type Answers, type Call } from "./fake-client";

/** An IAM that answers as told and remembers what it was asked. */
export function fakeIam(answers: Answers): { readonly iam: IAM; readonly calls: readonly Call[] } {
  const iam = new IAM({ region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } });
  const { client, calls } = withAnswers(iam, answers);
  return { iam: client, calls };
}

/** IAM's answer where there is no such thing. */
export const missing = (): Error =>
  new NoSuchEntityException({ message: "It cannot be found.", $metadata: {} });

/** IAM's answer to those who may not. */
export const accessDenied = (): Error =>
  new IAMServiceException({
    name: "AccessDenied",
    message: "User: arn:aws:sts::111111111111:assumed-role/x/y is not authorized",
    $fault: "client",
    $metadata: {},
  });
