import type { PolicyComplianceFramework } from "@pulumi/policy";

import { CIS_RECOMMENDATIONS, CIS_VERSIONS, cisId, earlierCisIds, type CisKey } from "../src/model/cis";

/** A recommendation of the CIS AWS Foundations Benchmark, or several, by its id in the current version and in earlier ones. */
export function cisFramework(...keys: readonly [CisKey, ...CisKey[]]): PolicyComplianceFramework {
  return {
    name: "CIS AWS Foundations Benchmark",
    version: CIS_VERSIONS[0],
    reference: keys.map(cisId).join(", "),
    specification: keys.map((key) => `${CIS_RECOMMENDATIONS[key].title} (${earlierCisIds(key)})`).join("; "),
  };
}

/**
 * A best practice of AWS's Well-Architected Framework, for what CIS has no recommendation on.
 * https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/identity-and-access-management.html
 */
export function wellArchitectedFramework(
  reference: string,
  specification: string,
): PolicyComplianceFramework {
  return { name: "AWS Well-Architected, Security Pillar", version: "2024-11-06", reference, specification };
}
