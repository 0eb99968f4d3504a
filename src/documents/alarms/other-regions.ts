import type { Organization } from "../../model/account";
import type { Arn } from "../../model/names";
import { anyTerm, fieldDiffers, fieldEquals, joinTerms, NO_READING, notInSessionsOf } from "./filter-pattern";

/** Where events of services that have no region are written. */
const GLOBAL_REGION = "us-east-1";

/** Signing in and assuming roles happens near the person, and these two services are run from a region of AWS's choice. */
const ELSEWHERE_BY_DESIGN = ["globalaccelerator", "networkmanager", "signin", "sts"] as const;

/**
 * Services of which changes are written in `us-east-1`, whatever region somebody works in.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
const GLOBAL_SERVICES = [
  "account",
  "budgets",
  "ce",
  "cloudfront",
  "iam",
  "notifications",
  "organizations",
  "route53",
  "route53domains",
  "shield",
  "signin",
  "support",
  "waf",
] as const;

/** Somebody's own doing: not what a service does on their behalf, nor what it does by itself. */
const BY_SOMEBODY = [
  "($.userIdentity.invokedBy NOT EXISTS)",
  fieldDiffers("eventType", "AwsServiceEvent"),
] as const;

const notOf = (services: readonly string[]): readonly string[] =>
  services.map((service) => fieldDiffers("eventSource", `${service}.amazonaws.com`));

/** Muster has rules of EventBridge in the global region, and only those: nothing else there is the deploying role's to change. */
const notItsRules = (deployer: Arn | undefined): readonly string[] =>
  deployer === undefined ? [] : [anyTerm([...notOf(["events"]), ...notInSessionsOf(deployer)])];

/**
 * Use of regions that the organization does not name: calls there by somebody, a look too. In the region where services without
 * one write, and which the console asks about many things, only changes of other services, deployed rules aside: two patterns, as
 * one with both ways of being a change has more characters than CloudWatch takes.
 */
export function otherRegionPatterns(
  { regions }: Pick<Organization, "regions">,
  deployer: Arn | undefined,
): readonly string[] {
  const elsewhere = [...new Set([...regions, GLOBAL_REGION])].map((region) =>
    fieldDiffers("awsRegion", region),
  );
  return [
    joinTerms(...BY_SOMEBODY, ...elsewhere, ...notOf(ELSEWHERE_BY_DESIGN)),
    ...(regions.includes(GLOBAL_REGION)
      ? []
      : NO_READING.map((noReading) =>
          joinTerms(
            ...BY_SOMEBODY,
            fieldEquals("awsRegion", GLOBAL_REGION),
            `(${noReading})`,
            ...notOf(GLOBAL_SERVICES),
            ...notItsRules(deployer),
          ),
        )),
  ];
}
