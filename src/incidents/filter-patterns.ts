import { inAnyCase } from "../documents/alarms/filter-pattern";
import type { Arn } from "../model/names";

/**
 * Filter patterns of CloudWatch Logs that leave what cannot matter out of an answer.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */

/** Sessions of a role that began or were refused: everybody who names it, in any case, and the console's switch. */
export const usesPattern = (role: Arn): string =>
  `{ ($.eventSource = "sts.amazonaws.com" && $.eventName = "AssumeRole*" && $.requestParameters.roleArn = %${inAnyCase(role)}%) || ` +
  `($.eventSource = "signin.amazonaws.com" && $.eventName = "SwitchRole") }`;

/** What was done in sessions of a role. */
export const sessionsPattern = (role: Arn): string =>
  `{ $.userIdentity.sessionContext.sessionIssuer.arn = "${role}" }`;
