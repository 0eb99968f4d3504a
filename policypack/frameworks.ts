import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A recommendation of the CIS AWS Foundations Benchmark, by its id in version 5.0.0. */
export function cis(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "CIS AWS Foundations Benchmark", version: "5.0.0", reference, specification };
}

/**
 * A best practice of AWS's Well-Architected Framework, for what CIS has no recommendation on.
 * https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/identity-and-access-management.html
 */
export function wellArchitected(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "AWS Well-Architected, Security Pillar", version: "2024-11-06", reference, specification };
}
