import type { Organization } from "../../model/account";
import { equals, patternOf } from "./filter-pattern";

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
const BY_SOMEBODY = ["($.userIdentity.invokedBy NOT EXISTS)", '($.eventType != "AwsServiceEvent")'] as const;

const isNot = (field: string, value: string): string => `($.${field} != "${value}")`;

const notOf = (services: readonly string[]): readonly string[] =>
  services.map((service) => isNot("eventSource", `${service}.amazonaws.com`));

/**
 * Use of regions that the organization does not name: every call there, a look too. In the region where services without one
 * write, and which the console asks about many things, only changes of other services.
 */
export function otherRegionPatterns({ regions }: Pick<Organization, "regions">): readonly string[] {
  const elsewhere = [...new Set([...regions, GLOBAL_REGION])].map((region) => isNot("awsRegion", region));
  return [
    patternOf(...BY_SOMEBODY, ...elsewhere, ...notOf(ELSEWHERE_BY_DESIGN)),
    ...(regions.includes(GLOBAL_REGION)
      ? []
      : [
          patternOf(
            ...BY_SOMEBODY,
            equals("awsRegion", GLOBAL_REGION),
            "($.readOnly IS FALSE)",
            ...notOf(GLOBAL_SERVICES),
          ),
        ]),
  ];
}
